'use strict';
/**
 * Starts tslab's kernel with four repairs; each stands in a function below. They reach into tslab 1.0.22, which is
 * therefore pinned to exactly that version.
 */
const { createRequire } = require('node:module');
const { richConsole } = require('./rich-display.cjs');

const inTslab = createRequire(require.resolve('tslab/dist/main.js'));
const jupyter = inTslab('./jupyter.js');
const handler = jupyter.JupyterHandlerImpl.prototype;
const server = jupyter.ZmqServer.prototype;

/**
 * tslab replaces the compiler's timer and allows one pending callback. Files that come and go beside a notebook make
 * the compiler ask for a second one, and every later cell fails. That second callback only forgets failed look-ups,
 * so it can run at once.
 */
function keepDirectoryEventsFromWedging() {
  const { sys } = inTslab('@tslab/typescript-for-tslab');
  let schedule;
  Object.defineProperty(sys, 'setTimeout', {
    configurable: true,
    get: () => schedule,
    set(original) {
      schedule = (callback, ...rest) => {
        if (callback.name !== 'invalidateResolutionsOfFailedLookup') return original(callback, ...rest);
        callback();
        return undefined;
      };
    },
  });
}

const JOIN_MS = 20;

/** More than some 500 messages in one tick overflow the output socket, and the cell hangs: joins neighbouring writes. */
function joinWrites() {
  let waiting = [];
  let timer = null;
  const flush = () => {
    clearTimeout(timer);
    timer = null;
    const batch = waiting;
    waiting = [];
    for (const { send, name, text } of batch) send(name, text);
  };
  handler.createWriteToIopub = (name, send) => (chunk, encoding, callback) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    const last = waiting.at(-1);
    if (last && last.send === send && last.name === name) last.text += text;
    else waiting.push({ send, name, text });
    timer ??= setTimeout(flush, JOIN_MS);
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done) process.nextTick(done);
    return true;
  };
  const execute = handler.handleExecuteImpl;
  handler.handleExecuteImpl = async function (request, send, display) {
    const displayInOrder = (data, isUpdate) => {
      flush();
      display(data, isUpdate);
    };
    try {
      return await execute.call(this, request, send, displayInOrder);
    } finally {
      flush();
    }
  };
}

const ERROR_LINE = /^\w*Error\b|^(\S+ )?\d+:\d+ - /;

/** tslab says only that a cell failed; the reply then gets the text, so that nbconvert and the page can print it. */
function tellErrors() {
  const execute = handler.handleExecute;
  handler.handleExecute = async function (request, send, display) {
    let printed = '';
    const listen = (name, text) => {
      if (name === 'stderr') printed = (printed + text).slice(-4000);
      send(name, text);
    };
    const reply = await execute.call(this, request, listen, display);
    if (reply.status !== 'error') return reply;
    const lines = printed.trim().split('\n');
    const evalue = lines.find((line) => ERROR_LINE.test(line)) ?? 'the cell failed without a message';
    return { ...reply, ename: 'CellError', evalue: evalue.slice(0, 300), traceback: lines.slice(0, 40) };
  };
}

/** Announces each execution, so that saved notebooks carry execution counts. */
function announceExecutions() {
  const execute = server.handleExecute;
  server.handleExecute = async function (socket, message) {
    const notice = message.createReply();
    notice.header.msg_type = 'execute_input';
    notice.content = { code: message.content.code, execution_count: this.handler.execCount + 1 };
    notice.signAndSend(this.connInfo.key, this.iopub);
    return execute.call(this, socket, message);
  };
}

/** Starts the kernel; tslab takes the console's two functions while starting, so the rich ones stand in for that moment. */
function start(configPath) {
  const { log, error } = console;
  Object.assign(console, richConsole(jupyter, { log, error }));
  try {
    inTslab('./main.js').startKernel({ configPath, enableFindLocal: false });
  } finally {
    Object.assign(console, { log, error });
  }
}

const configPath = process.argv[2];
if (!configPath) {
  console.error('expected the connection file of Jupyter as argument; start notebooks with: npm run lab');
  process.exit(2);
}
keepDirectoryEventsFromWedging();
joinWrites();
tellErrors();
announceExecutions();
start(configPath);

import { serveTasks, transferring } from '../../core/worker-tasks.js';
import { summarizeSession, type SessionTask } from './summarize-session.js';

export type SummaryTasks = typeof tasks;

const tasks = {
  async summarize(task: SessionTask) {
    const summaries = await summarizeSession(task);
    return transferring(summaries, Object.values(summaries.columns).map(({ buffer }) => buffer as ArrayBuffer));
  },
};

serveTasks(tasks);

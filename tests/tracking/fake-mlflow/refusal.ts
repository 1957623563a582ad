/** An answer that is no success. */
export class Refusal extends Error {
  readonly status: number;
  readonly errorCode: string;
  readonly errorClass: string;

  constructor(status: number, errorCode: string, message: string, errorClass = errorCode) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.errorClass = errorClass;
  }
}

export const invalid = (message: string): Refusal => new Refusal(400, 'INVALID_PARAMETER_VALUE', message);
export const exists = (message: string): Refusal => new Refusal(400, 'RESOURCE_ALREADY_EXISTS', message);
export const absent = (message: string): Refusal => new Refusal(404, 'RESOURCE_DOES_NOT_EXIST', message, 'RESOURCE_NOT_FOUND');

const NAME = /^[\p{L}\p{N}_\-. :/]*$/u;

/** What MLflow demands of the names of figures, parameters and tags. */
export function requireKey(key: string, where: string, kind: string): void {
  if (!NAME.test(key)) throw invalid(`Invalid value "${key}" for parameter '${where}' supplied: Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).`);
  const resolved = key.split('/').filter((part) => part !== '' && part !== '.').join('/');
  if (resolved !== key || key.split('/').includes('..')) throw invalid(`Invalid value "${key}" for parameter '${where}' supplied: Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to '${resolved}'`);
  if ([...key].length > 250) throw invalid(`'${kind}' exceeds the maximum length of 250 characters`);
}

/** Cut without a word. */
export const cut = (text: string, longest: number): string => [...text].slice(0, longest).join('');

const SECRET_WORDS = new Set(['token', 'password', 'passwd', 'passphrase', 'pwd', 'secret', 'secrets', 'credential', 'credentials', 'apikey', 'bearer']);
const SECRET_PAIRS = /^(api|access|private|secret|auth) (key|token|code)$/;

/** Whether a key's name says that its value is a secret: `apiKey`, `POLYGON_API_KEY`, `db-password`. */
export function namesSecret(key: string): boolean {
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '');
  return words.some((word, index) => SECRET_WORDS.has(word) || SECRET_PAIRS.test(`${word} ${words[index + 1] ?? ''}`));
}

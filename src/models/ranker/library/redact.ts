/** A text without the names and passwords that addresses in it carry. */
export function redact(text: string): string {
  return text.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s"'<>]*@/gi, '$1***@');
}

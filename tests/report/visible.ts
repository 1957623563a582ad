/** The page without plotly's own text, which holds addresses of its namespaces and licences. */
export function own(page: string): string {
  const at = page.indexOf('plotly.js (finance');
  if (at < 0) return page;
  return page.slice(0, page.lastIndexOf('<script', at)) + page.slice(page.indexOf('</script>', at));
}

/** What a reader sees: without scripts and style, escapes read back. */
export function visible(page: string): string {
  const markup = own(page).replace(/<script.*?<\/script>|<style>.*?<\/style>/gs, '');
  return markup.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}

/** The part of a page with that identifier, as a reader sees it. */
export function part(page: string, id: string): string {
  const from = page.indexOf(`<section id="${id}"`);
  return from < 0 ? '' : visible(page.slice(from, page.indexOf('</section>', from)));
}

/** Words without markup, spaces as one. */
export function words(markup: string): string {
  return markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim();
}

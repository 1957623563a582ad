/** What runs in the reader's browser: a choice in the legend dims the other sectors; paper gets all of them in light colours. */
export const GRAPH_SCRIPT = `
(() => {
  'use strict';
  const frame = document.querySelector('.map-frame');
  const buttons = [...document.querySelectorAll('.sector-legend button')];
  const choose = (kind) => {
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.sector === kind));
    frame.toggleAttribute('data-chosen', kind !== null);
    for (const mark of frame.querySelectorAll('circle, .labels text, .tree path')) mark.classList.toggle('chosen', kind !== null && mark.classList.contains(kind));
  };
  for (const button of buttons) button.addEventListener('click', () => choose(button.getAttribute('aria-pressed') === 'true' ? null : button.dataset.sector));
  addEventListener('keydown', (event) => event.key === 'Escape' && choose(null));
  const root = document.documentElement;
  addEventListener('beforeprint', () => {
    root.dataset.printing = '';
    choose(null);
  });
  addEventListener('afterprint', () => delete root.dataset.printing);
})();
`;

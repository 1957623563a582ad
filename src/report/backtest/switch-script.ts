/** Lets a reader choose between forms of a chart: a button names the chart and which of its variants it is to take. */
export const SWITCH_SCRIPT = `
(() => {
  'use strict';
  const buttons = [...document.querySelectorAll('[data-switch]')];
  buttons.forEach((button) => button.addEventListener('click', () => {
    const chart = [...document.querySelectorAll('[data-chart]')].find((element) => element.dataset.chart === button.dataset.switch);
    chart.dataset.variant = button.dataset.value;
    buttons.filter((other) => other.dataset.switch === button.dataset.switch).forEach((other) => other.setAttribute('aria-pressed', String(other === button)));
    chart.dispatchEvent(new CustomEvent('swinglab:draw', { bubbles: true }));
  }));
})();
`;

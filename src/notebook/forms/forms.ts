import type { Shown } from '../shown.js';
import { arqueroForm } from './arquero-form.js';
import { bookRunForm } from './book-run-form.js';
import { danfoForm } from './danfo-form.js';
import { documentForm } from './document-form.js';
import { figureForm } from './figure-form.js';
import type { Form } from './form.js';
import { panelForm } from './panel-form.js';
import { presentableForm } from './presentable-form.js';
import { recordsForm } from './records-form.js';
import { trainingForm } from './training-form.js';

/** Every kind of value that can be shown, in the order in which they are tried. */
const FORMS: readonly Form[] = [presentableForm, panelForm, documentForm, bookRunForm, trainingForm, figureForm, arqueroForm, danfoForm];

/** What a value looks like, and each element of a list of such values; empty for a value of no kind that is known. */
export function formsOf(value: unknown): readonly Shown[] {
  if (typeof value !== 'object' || value === null) return [];
  for (const form of FORMS) {
    const shown = form(value);
    if (shown !== null) return [shown];
  }
  return Array.isArray(value) ? formsOfList(value) : [];
}

function formsOfList(list: readonly unknown[]): readonly Shown[] {
  const each = list.map((one) => (Array.isArray(one) ? [] : formsOf(one)));
  if (each.length > 0 && each.every((shown) => shown.length > 0)) return each.flat();
  const records = recordsForm(list);
  return records === null ? [] : [records];
}

import type { Presentable } from '../shown.js';
import type { Form } from './form.js';

/** A value that says itself what it looks like. */
export const presentableForm: Form = (value) => ('toShown' in value && typeof value.toShown === 'function' ? (value as Presentable).toShown() : null);

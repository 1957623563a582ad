import type { Calibration } from './calibration.js';
import type { ModelCard } from './model-card.js';
import type { ValidationFigures } from './validation-figures.js';

/** A card in words, a fact a line. */
export function describeCard(card: ModelCard): string[] {
  const { forecaster, describe, features, normalization, horizon, label, trainedFrom, trainedThrough, usableFrom, sessions, samples, validation, calibration, seed } = card;
  return [
    `${forecaster}: ${describe}`,
    `foretells ${label}, ${count(horizon, 'session')} ahead, from ${listed(features)}${normalization === 'rank' ? ', as ranks within the session' : ''}`,
    `${card.learns ? `learnt from ${trainedFrom} through ${card.learntThrough}, judged and calibrated on what follows` : `measured on ${count(sessions, 'session')} from ${trainedFrom}`} through ${trainedThrough}, ${count(samples, 'sample')} in all; usable from ${usableFrom}`,
    `${describeValidation(validation)}${card.choseOnValidation ? ', which also chose its settings and so flatter it' : ''}`,
    describeCalibration(calibration),
    `seed ${seed}, parameters ${JSON.stringify(card.params)}, code ${card.code.slice(0, 12)}`,
    ...Object.entries(card.data).map(([name, hash]) => `data ${name}: ${hash.slice(0, 12)}`),
    ...card.notes,
  ];
}

function describeValidation(figures: ValidationFigures | null): string {
  if (figures === null || figures.rankIc === null) return 'no validation sessions on which a rank correlation is defined';
  return `on ${count(figures.sessions, 'validation session')} rank correlation ${figures.rankIc.toFixed(4)}${figures.interval ? ` (95% ${figures.interval.map((end) => end.toFixed(4)).join(' to ')})` : ''}, over its deviation ${shown(figures.icir)}, t ${shown(figures.t)}`;
}

function describeCalibration(calibration: Calibration | null): string {
  if (calibration === null) return 'too few sessions with outcomes for expected returns: scores only';
  const { coverage, slope, slopeT, errorLow, errorHigh, sessions } = calibration;
  return `from the lowest rank to the highest ${slope.toFixed(3)} expected deviations of the return (t ${shown(slopeT)}, ${count(sessions, 'session')}); ${Math.round(100 * coverage)}% of errors between ${errorLow.toFixed(2)} and ${errorHigh.toFixed(2)} deviations`;
}

const shown = (value: number | null): string => (value === null ? 'undefined' : value.toFixed(2));

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

function listed(features: readonly string[]): string {
  return `${count(features.length, 'feature')}: ${features.slice(0, 8).join(', ')}${features.length > 8 ? ` and ${features.length - 8} more` : ''}`;
}

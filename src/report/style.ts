import { BASE_STYLE } from './style/base.js';
import { BOOK_STYLE } from './style/book.js';
import { CARD_STYLE } from './style/cards.js';
import { OPTIONS_CARD_STYLE } from './style/options-card.js';
import { PAPER_STYLE } from './style/paper.js';
import { SCREEN_STYLE } from './style/screens.js';
import { TABLE_STYLE } from './style/tables.js';

/** The whole style sheet of a report; later parts rely on coming after the earlier ones. */
export const STYLE = BASE_STYLE + TABLE_STYLE + CARD_STYLE + OPTIONS_CARD_STYLE + BOOK_STYLE + SCREEN_STYLE + PAPER_STYLE;

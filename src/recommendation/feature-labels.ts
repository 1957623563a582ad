import { plain, size } from './value-words.js';

/** A feature's value as the beginning of a sentence in plain words; the value is the only number in it. */
type FeatureLabel = (value: number) => string;

const rose = (when: string): FeatureLabel => (value) => `${value < 0 ? 'Fell' : 'Rose'} ${size(value)} ${when}`;
const level = (what: string): FeatureLabel => (value) => `Stands ${size(value)} ${value < 0 ? 'below' : 'above'} ${what}`;
const against = (whom: string, when: string): FeatureLabel => (value) => `Did ${size(value)} ${value < 0 ? 'worse' : 'better'} than ${whom} ${when}`;
const times = (what: string): FeatureLabel => (value) => `${what} ${plain(value)}`;
const parts = (what: string): FeatureLabel => (value) => `${what} ${value < 0 ? '−' : ''}${size(value)}`;
const aYear = (what: string): FeatureLabel => (value) => `${what} ${value < 0 ? '−' : ''}${size(value)} a year`;
const ago = (what: string): FeatureLabel => (value) => (value === 0 ? `${what} today` : `${what} ${plainCount(value)} ago`);
const whether = (yes: string, no: string): FeatureLabel => (value) => (value === 0 ? no : yes);
const plainCount = (value: number): string => `${plain(value).replace(/\.00$/, '')} ${value === 1 ? 'session' : 'sessions'}`;
const run = (value: number): string => `Has ${value < 0 ? 'fallen' : 'risen'} ${plainCount(Math.abs(value))} in a row`;

const MONTH = 'over the last month';
const QUARTER = 'over the last three months';

/** The features that move scores most often; the others are said by what the registry says of them. */
export const FEATURE_LABELS: ReadonlyMap<string, FeatureLabel> = new Map<string, FeatureLabel>([
  ['momentum-12-1', rose('from a year ago to a month ago')],
  ['momentum-6-1', rose('from half a year ago to a month ago')],
  ['momentum-3-1', rose('from three months ago to a month ago')],
  ['momentum-12-7', rose('from a year ago to half a year ago')],
  ['return-21', rose(MONTH)],
  ['return-5', rose('over the last week')],
  ['return-1', rose('in the last session')],
  ['seasonal-return-252', rose('in the same month a year ago')],
  ['volatility-scaled-momentum-12-1', times('Rise from a year ago to a month ago, for how much it swung')],
  ['volatility-scaled-return-5-63', times('Rise over the last week, for how much it usually swings')],
  ['momentum-acceleration-126', (value) => `Rose ${size(value)} ${value < 0 ? 'less' : 'more'} in the last three months than in the three before`],
  ['information-discreteness-252', parts('Share of days against the trend of the year, less those with it')],
  ['up-days-share-21', parts('Share of days with a rise over the last month')],
  ['up-months-share-252', parts('Share of months with a rise over the last year')],
  ['overnight-momentum-21', rose(`from close to open ${MONTH}`)],
  ['intraday-momentum-21', rose(`from open to close ${MONTH}`)],
  ['distance-to-mean-10', level('its mean of two weeks')],
  ['distance-to-mean-20', level('its mean of a month')],
  ['distance-to-mean-50', level('its mean of ten weeks')],
  ['distance-to-mean-200', level('its mean of forty weeks')],
  ['mean-cross-50-200', (value) => `Its mean of ten weeks lies ${size(value)} ${value < 0 ? 'below' : 'above'} its mean of forty weeks`],
  ['mean-spread-12-26', times('Mean price of two weeks less that of five, in daily ranges,')],
  ['log-price-slope-21', (value) => `Its trend of the last month is ${value < 0 ? '−' : '+'}${size(value)} a year`],
  ['log-price-slope-63', (value) => `Its trend of the last three months is ${value < 0 ? '−' : '+'}${size(value)} a year`],
  ['log-price-fit-21', parts('Straightness of its way over the last month')],
  ['log-price-fit-63', parts('Straightness of its way over the last three months')],
  ['efficiency-ratio-21', parts('Change over the last month as a share of all its daily moves')],
  ['cutler-rsi-2', parts('Share of rises in its moves of the last two sessions')],
  ['cutler-rsi-14', parts('Share of rises in its moves of the last three weeks')],
  ['stochastic-14', parts('Place in its price range of three weeks')],
  ['stochastic-63', parts('Place in its price range of three months')],
  ['bollinger-position-20', parts('Place between its bands of a month')],
  ['bollinger-width-20', parts('Width of its bands of a month')],
  ['directional-movement-14', parts('Upward less downward movement of three weeks')],
  ['average-directional-index-14', parts('Strength of its trend of three weeks, whatever the direction,')],
  ['realized-volatility-21', aYear('Volatility of the last month')],
  ['realized-volatility-63', aYear('Volatility of the last three months')],
  ['close-to-close-volatility-21', aYear('Volatility of the last month about its mean')],
  ['parkinson-volatility-21', aYear('Volatility within the days of the last month')],
  ['garman-klass-volatility-21', aYear('Volatility within the days of the last month, by open and close too,')],
  ['rogers-satchell-volatility-21', aYear('Volatility within the days of the last month, whatever the trend,')],
  ['yang-zhang-volatility-21', aYear('Volatility of the last month with its gaps')],
  ['yang-zhang-volatility-63', aYear('Volatility of the last three months with their gaps')],
  ['downside-volatility-63', aYear('Volatility of its falls over the last three months')],
  ['average-true-range-14', times('Daily range as a fraction of the price')],
  ['volatility-ratio-5-63', times('Volatility of the last week against that of three months')],
  ['volatility-of-volatility-63', times('How unsteady its volatility was')],
  ['return-skewness-63', times('Skewness of its days over three months')],
  ['return-kurtosis-63', times('Weight of extreme days over three months')],
  ['maximum-return-21', parts('Best day of the last month')],
  ['minimum-return-21', parts('Worst day of the last month')],
  ['drawdown-63', level('its highest close of three months')],
  ['drawdown-252', level('its highest close of the year')],
  ['distance-to-high-20', level('its high of a month')],
  ['distance-to-high-252', level('its high of the year')],
  ['distance-to-low-20', level('its low of a month')],
  ['distance-to-low-252', level('its low of the year')],
  ['sessions-since-high-252', ago('Made its high of the year')],
  ['sessions-since-low-252', ago('Made its low of the year')],
  ['new-high-252', whether('Made a new high of the year', 'Made no new high of the year')],
  ['inside-day', whether('Stayed within the range of the day before', 'Left the range of the day before')],
  ['gap-filled', whether('Came back to the close of the day before', 'Did not come back to the close of the day before')],
  ['closing-run-10', run],
  ['overnight-gap', (value) => `Opened ${size(value)} ${value < 0 ? 'below' : 'above'} the close before`],
  ['close-location', parts('Close, from the low to the high of the day, at')],
  ['range-expansion-20', times('Range of the day against the usual one')],
  ['volume-z-score-63', times('Volume of the day against three months, in deviations,')],
  ['relative-volume-21', times('Volume of the day against that of a month')],
  ['volume-trend-5-63', times('Volume of the last week against that of three months, as a log,')],
  ['on-balance-volume-21', parts('Volume of rising less falling days of a month')],
  ['chaikin-money-flow-21', parts('Volume near the highs less volume near the lows, of a month,')],
  ['up-volume-share-63', parts('Share of the volume on rising days over three months')],
  ['amihud-illiquidity-21', (value) => `A million traded moves it by ${size(value)}`],
  ['log-dollar-volume-21', times('Traded value of a month, as a log,')],
  ['dollar-volume-variation-63', times('How uneven its traded value was over three months')],
  ['corwin-schultz-spread-21', parts('Spread that its highs and lows imply')],
  ['roll-spread-63', parts('Spread that its reversals imply')],
  ['overnight-variance-share-63', parts('Share of its swings that come overnight')],
  ['jump-share-63', parts('Share of its swings that are jumps')],
  ['beta-60', times('Slope on the market')],
  ['strength-to-index-21', against('the market', MONTH)],
  ['strength-to-index-63', against('the market', QUARTER)],
  ['strength-to-sector-21', against('its sector', MONTH)],
  ['strength-to-sector-63', against('its sector', QUARTER)],
  ['residual-volatility-60', aYear('Volatility that the market does not explain')],
]);

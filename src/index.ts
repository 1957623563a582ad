/**
 * The front door: everything a notebook or a program needs, by explicit names.
 *
 * It loads in a fraction of a second: DuckDB, plotly and the like are imported when they are first used.
 */

// a place to work in
export { open, Lab, type OpenOptions, type PanelRequest } from './lab/open.js';
export { mimeBundles, type MimeBundle } from './notebook/mime-bundle.js';
export { show } from './notebook/show.js';
export { showTraining, type ShowTrainingOptions } from './notebook/show-training.js';
export type { Presentable, Shown, ShownFigure, ShownTable } from './notebook/shown.js';

// the evening's job and its results
export { runDaily, type DailyOptions, type DailyResult } from './pipeline/daily.js';
export type { FlowEvent } from './pipeline/flow.js';
export type { Action, Reason, Recommendation, RecommendationDocument } from './recommendation/recommendation.js';
export { renderRecommendationReport } from './report/page.js';

// tables
export { Panel, type ColumnType, type ColumnValues } from './table/panel.js';
export { fromArquero, toArquero } from './table/arquero.js';
export { fromArrow, toArrow } from './table/arrow.js';
export { toDanfo } from './table/danfo.js';

// data
export { DATASETS, type DatasetName } from './data/datasets.js';
export { importFrom, type ImportOptions, type ImportReport } from './data/import.js';
export { loadMarket, type Market } from './data/market.js';
export { filesProvider, openFiles, openFilesFolder } from './data/providers/files/provider.js';
export type { Batch, DataRequest, MarketDataProvider, Provenance } from './data/provider.js';
export type { QualityFinding, QualityPolicy, QualityRule } from './data/quality/finding.js';
export { QUALITY_RULES } from './data/quality/registry.js';
export { panelFromParquet, readBars } from './data/store/read-bars.js';
export { Store } from './data/store/store.js';
export { Universe } from './data/universe.js';
export { readEarnings } from './data/point-in-time/read-earnings.js';
export { readFundamentals } from './data/point-in-time/read-fundamentals.js';
export { readMacro } from './data/point-in-time/read-macro.js';
export { latestKnown, type Vintages } from './table/vintages.js';

// options: what is used most; all of it under one name, also alone, as swinglab/options
export { chainSessions, readChains, type ChainSession, type ChainsRequest } from './data/option-chains/read-chains.js';
export { cleanChain } from './options/chain/clean-chain.js';
export type { CleanRows } from './options/chain/clean-rows.js';
export type { OptionChain } from './options/chain/option-chain.js';
export * as options from './options/index.js';
export { impliedVolatilities, type ForwardPriceColumns, type PriceColumns } from './options/implied-volatility/implied-volatilities.js';
export { impliedVolatility, type ForwardPrice, type SpotPrice } from './options/implied-volatility/implied-volatility.js';
export { detectSignals } from './options/intelligence/detect-signals.js';
export { formatEvidence, type SignalUnit } from './options/intelligence/evidence.js';
export { OPTIONS_SIGNALS } from './options/intelligence/registry.js';
export type { DetectedSignal, OptionsSignal, SignalDirection, SignalFamily } from './options/intelligence/signal.js';
export { OptionsHistory, OptionsView, type OptionsHistoryInput, type ViewChains } from './options/intelligence/view.js';
export { blackScholesGreeks, blackScholesPrice } from './options/pricing/black-scholes.js';
export { blackPrice, type ForwardOption } from './options/pricing/black.js';
export type { Greek } from './options/pricing/greek-formulas.js';
export { greeks } from './options/pricing/greeks.js';
export type { EuropeanOption, OptionColumns } from './options/pricing/option-columns.js';
export { SUMMARY_COLUMN_NAMES, SUMMARY_COLUMNS, type ChainSummary, type SummaryColumn } from './options/summary/columns.js';
export { summarizeChain } from './options/summary/summarize-chain.js';
export { flatRate, type RateCurve } from './options/surface/rate-curve.js';
export { valueChain, type ValuedChain } from './options/valuation/valued-chain.js';

// signals, strategies, books
export { computeFeatures } from './features/compute/compute-features.js';
export type { FeatureInputs } from './features/compute/feature-inputs.js';
export type { SeriesInputs } from './features/compute/series-inputs.js';
export type { CrossSectionFeature, Feature, FeatureCard, MarketFeature, SeriesFeature } from './features/feature.js';
export { checkLaws } from './features/laws/check-laws.js';
export { resolveFeatures } from './features/sets.js';
export { readFeatureFiles } from './pipeline/feature-files/read.js';
export { FEATURES } from './features/registry.js';
export { momentum, ownStrategy, priority, targetWeights, type StrategyPlan, type TargetsPlan } from './lab/backtest/plan.js';
export type { Backtest } from './lab/backtest/backtest.js';
export type { BacktestOptions } from './lab/backtest/backtest-options.js';
export type { Backtested } from './lab/backtest/backtests.js';
export { priorities, type Priority, type PriorityInput } from './strategy/priority/priority-score.js';
export { decideSession, type SessionDecision } from './strategy/decide-session.js';
export { runSession, type SessionInputs, type SessionResult, type SessionRules } from './strategy/run-session.js';
export { runBook, type BookRun } from './backtest/run-book.js';
export { orderLines, runBacktest } from './backtest/run-backtest.js';
export type { BacktestRun, DecidedOrder, HeldPosition } from './backtest/backtest-run.js';
export type { BacktestFigures } from './backtest/backtest-figures.js';
export { runWeights, type WeightsInput, type WeightsRun } from './backtest/run-weights.js';
export { runSignals, type SignalsInput, type SignalsRun } from './backtest/signals/run-signals.js';
export { closedTrades, signalReturns, signalTrade } from './backtest/signals/signal-results.js';
export { EXIT_REASONS, type ExitReason } from './backtest/signals/exit-reason.js';
export type { SignalBars } from './backtest/signals/signal-bars.js';
export type { Level, SignalRules } from './backtest/signals/signal-rules.js';
export type { SignalTrade, SignalTrades } from './backtest/signals/trade-columns.js';
export { makeSignals } from './backtest/signals/makers/make-signals.js';
export { SIGNAL_MAKERS } from './backtest/signals/makers/registry.js';
export type { MakerParams, SignalMaker } from './backtest/signals/makers/signal-maker.js';
export { gridCells, type GridCell, type GridRules } from './backtest/grid/grid-cell.js';
export { gridFigures, runGrid, type CellFigures, type GridEvent, type GridInput, type GridOptions, type GridResult } from './backtest/grid/run-grid.js';
export { STRATEGIES } from './strategy/registry.js';
export type { Evidence } from './strategy/evidence.js';
export type { BookView, Decision, Strategy, Target } from './strategy/strategy.js';
export { MarketView, type Forecast } from './strategy/view.js';
export { equity, openBook, type Book, type Fill, type Order, type Position, type TradePlan } from './portfolio/book.js';
export { rebalance, type RebalanceMarket } from './portfolio/rebalance.js';
export { closeResearch, closeResearchSession, markResearch, openResearchBook, rebalanceResearch, type ResearchBook, type ResearchCosts } from './portfolio/research-book.js';
export type { CostModel, Liquidity, TradeSize } from './portfolio/cost-model.js';
export { COST_MODELS, createCostModel } from './portfolio/costs.js';
export { stepBook, type BookStep, type StepRules } from './portfolio/step-book.js';
export type { BookEvent, SessionMarket } from './portfolio/session-market.js';

// models: what is foretold, how the past is parted, who foretells, what it was worth
export { walkForward, type WalkForwardOptions } from './dataset/split/walk-forward.js';
export { purgedKFold } from './dataset/split/purged-k-fold.js';
export { combinatorialPurged } from './dataset/split/combinatorial-purged.js';
export type { Fold, Splitter } from './dataset/split/splitter.js';
export { holdOut } from './dataset/split/hold-out.js';
export { forwardLabels, type ForwardLabelOptions } from './dataset/labels/forward-labels.js';
export { tripleBarrierLabels, type TripleBarrierOptions } from './dataset/labels/triple-barrier.js';
export type { Labels } from './dataset/labels/labels.js';
export { DataModule } from './dataset/data-module.js';
export { rankWithinSessions } from './dataset/rank-within-sessions.js';
export { SCALERS } from './dataset/scaler/registry.js';
export { windowsOf } from './dataset/windows.js';
export { samplesOf } from './dataset/samples-of.js';
export type { Samples } from './dataset/samples.js';
export { ridge } from './models/baselines/ridge.js';
export { foundation } from './models/foundation/forecaster.js';
export { lightgbm } from './models/ranker/lightgbm.js';
export type { LightGbmOptions } from './models/ranker/config.js';
export { createForecaster, FORECASTERS, type ForecasterParams } from './models/registry.js';
export type { Contributions, FitContext, FitEvent, FittedForecaster, Forecaster, TrainingData } from './models/forecaster.js';
export type { ModelCard } from './models/model-card.js';
export { TrainedModel, type Prediction } from './models/trained-model.js';
export { trainModel, type TrainingPlan } from './models/train-model.js';
export { evaluateScores } from './evaluation/evaluate-scores.js';
export { compareScores, type ScoreComparison } from './evaluation/compare-scores.js';
export type { ScoreEvaluation, SeriesSummary } from './evaluation/score-evaluation.js';
export { eventStudy } from './evaluation/event-study.js';
export { ConformalCalibrator, type IssuedIntervals } from './evaluation/conformal/conformal-calibrator.js';
export { conformalIntervals, type CalibratedInterval, type ConformalInput, type ConformalIntervals } from './evaluation/conformal/conformal-intervals.js';
export type { ConformalOptions, IntervalLevels } from './evaluation/conformal/conformal-settings.js';
export type { ConformalState } from './evaluation/conformal/conformal-state.js';
export type { IntervalCorrection, SessionIntervals } from './evaluation/conformal/corrected-intervals.js';
export { intervalReport, type IntervalFigures, type IntervalReport, type IntervalReportInput } from './evaluation/conformal/interval-report.js';
export { intervalScore } from './evaluation/conformal/interval-score.js';
export { pinballLoss } from './evaluation/conformal/pinball-loss.js';
export { evaluationFigures } from './report/evaluation/figures.js';
export { renderEvaluationPage } from './report/evaluation/page.js';
export type { CrossFitEvent } from './lab/research/cross-fit.js';
export type { CrossFitSettings, EvaluateSettings } from './lab/research/research.js';
export type { Evaluation } from './lab/research/evaluation.js';
export type { LabelOptions } from './lab/research/lab-labels.js';
export type { Scores } from './lab/research/scores.js';
export { countTrials } from './tracking/count-trials.js';
export type { RunRecord, Tracker } from './tracking/tracker.js';

// performance
export { performanceSummary, type PerformanceSummaryOptions } from './evaluation/performance/performance-summary.js';
export type { BenchmarkSummary, PerformanceSummary } from './evaluation/performance/summary.js';
export { drawdownCurve, drawdowns, maxDrawdown, worstDrawdowns, type Drawdown } from './evaluation/performance/drawdown.js';
export { calendarReturns, type YearReturns } from './evaluation/performance/calendar-returns.js';
export { sharpeRatio } from './evaluation/performance/sharpe-ratio.js';
export { sortinoRatio } from './evaluation/performance/sortino-ratio.js';
export { marketLine, type MarketLine } from './evaluation/performance/market-line.js';
export { factorRegression, type FactorRegression, type FactorRegressionOptions } from './evaluation/performance/factor-regression.js';
export { tradeStatistics, type ClosedTrade, type TradeStatistics } from './evaluation/performance/trade-statistics.js';
export { exposure, type Exposure } from './evaluation/performance/exposure.js';
export { turnover, type Turnover, type TurnoverInput } from './evaluation/performance/turnover.js';
export { annualReturn, totalReturn } from './evaluation/performance/annual-return.js';
export { annualVolatility } from './evaluation/performance/annual-volatility.js';
export { calmarRatio } from './evaluation/performance/calmar-ratio.js';
export { capacity, type Capacity, type CapacityOptions, type SizedFill } from './evaluation/performance/capacity.js';
export { downCapture, upCapture } from './evaluation/performance/capture-ratio.js';
export { dateDrawdowns, type DatedDrawdown } from './evaluation/performance/drawdown-dates.js';
export { informationRatio, trackingError } from './evaluation/performance/active-return.js';
export { rollingSharpe, type RollingSharpeOptions } from './evaluation/performance/rolling-sharpe.js';
export { conditionalValueAtRisk, tailRatio, valueAtRisk } from './evaluation/performance/value-at-risk.js';
export { figuresOfRun, type FiguresOptions } from './backtest/figures-of-run.js';

// luck
export { judgeLuck, type LuckInput } from './evaluation/luck/judge-luck.js';
export type { Luck, Trial } from './evaluation/luck/luck.js';
export { pairedComparison, type PairedComparison, type PairedDifference } from './evaluation/luck/paired-comparison.js';
export { sharpeInterval, type SharpeInterval } from './evaluation/luck/sharpe-interval.js';
export { drawBlocks, drawnMeans, percentileInterval, type BlockBootstrapOptions, type BlockDraws, type Interval } from './evaluation/block-bootstrap.js';
export { automaticBlockLength, type AutomaticBlockLength } from './evaluation/overfitting/automatic-block-length.js';
export { backtestOverfitting, type BacktestOverfitting } from './evaluation/overfitting/backtest-overfitting.js';
export type { ComparisonOptions } from './evaluation/overfitting/bootstrap-comparison.js';
export { deflatedSharpeRatio, expectedMaximumSharpe, minimumBacktestLength, type DeflatedSharpe } from './evaluation/overfitting/deflated-sharpe.js';
export { haircutSharpe, type Haircut, type HaircutSharpe } from './evaluation/overfitting/haircut-sharpe.js';
export { benjaminiHochberg, benjaminiYekutieli, bonferroni, holm } from './evaluation/overfitting/multiple-testing.js';
export { pathDistribution, type FoldReturns, type PathDistribution } from './evaluation/overfitting/path-distribution.js';
export { minimumTrackRecordLength, probabilisticSharpeRatio } from './evaluation/overfitting/probabilistic-sharpe.js';
export { randomEntryTest, type RandomEntryTest, type TradeSpan } from './evaluation/overfitting/random-entry.js';
export { romanoWolf, type StepwiseTrial } from './evaluation/overfitting/romano-wolf.js';
export { sharpeSample, type SharpeSample } from './evaluation/overfitting/sharpe-sample.js';
export { realityCheck, superiorPredictiveAbility, type SuperiorPredictiveAbility } from './evaluation/overfitting/superior-predictive-ability.js';
export { tradeOrderDrawdowns, type TradeOrder } from './evaluation/overfitting/trade-order.js';
export type { TrialReturns } from './evaluation/overfitting/trial-returns.js';

// graphs of who moves with whom
export { buildGraph, buildGraphs, type GraphSpan } from './graph/build-graphs.js';
export type { GraphBuilder } from './graph/builder.js';
export { communities, type Communities } from './graph/communities.js';
export { correlationDays, type CorrelationDay, type WindowSettings } from './graph/correlation-days.js';
export type { EdgeKind, EdgeList, Graph } from './graph/graph.js';
export { graphInputs, type GraphInputs } from './graph/graph-inputs.js';
export { treeLayout, type Layout } from './graph/layout.js';
export { GRAPH_BUILDERS } from './graph/registry.js';
export { compareGraphs, type GraphChange } from './graph/stability/compare.js';
export { symmetrize } from './graph/symmetrize.js';
export { NeighbourSearch, topNeighbours, type Neighbours } from './graph/top-neighbours.js';

// TA-Lib's vocabulary; also alone, as swinglab/indicators
export * as indicators from './indicators/index.js';

// time, randomness, errors
export { XNYS, type Calendar } from './core/calendar.js';
export { decisionTime, fixedClock, lastDecidedSession, systemClock, type Clock } from './core/clock.js';
export { fromEpochDay, isoDate, toEpochDay, type EpochDay, type IsoDate } from './core/dates.js';
export { AppError, ConfigError, DataError, InvariantError, LockError, ProviderError } from './core/errors.js';
export { collect, result, tap, type EventStream } from './core/events.js';
export { createRng, type Rng } from './core/rng.js';

// synthetic markets
export { PURE_NOISE, SIMULATION_DEFAULTS, type OptionSettings, type SimulationOptions, type SimulationSettings } from './simulation/settings.js';
export type { OptionTruth, SyntheticOptions } from './simulation/options/synthetic-options.js';
export { syntheticMarket, type SimulationTruth, type SyntheticMarket } from './simulation/synthetic-market.js';

// settings
export { loadConfig, type LoadedConfig } from './config/load.js';
export { VERSION } from './core/version.js';

// audits: values that nobody could have had
export { AuditReport, type AuditCheck, type AuditEvent, type AuditFinding } from './backtest/audits/audit-report.js';
export { auditLookahead, type AuditedSessions, type AuditedTable, type LookaheadSubject } from './backtest/audits/lookahead.js';
export { auditWarmup, type WarmupSubject, type WarmupTable } from './backtest/audits/warmup.js';
export { auditLeakage, type LeakageSubject } from './backtest/audits/leakage.js';
export type { AuditedLearner, AuditedScorer } from './backtest/audits/leakage/learning.js';
export type { SurvivorsInput } from './backtest/audits/leakage/survivors.js';
export { auditDaily, type DailySubject } from './backtest/audits/daily.js';
export { auditFills, type FillsSubject, type TradingStep } from './backtest/audits/fills/audit-fills.js';
export { dailyAudit, type DailyAuditOptions } from './pipeline/daily-audit.js';
export type { LookaheadOptions } from './lab/audits/lookahead.js';
export type { WarmupOptions } from './lab/audits/warmup.js';
export type { LeakageOptions } from './lab/audits/leakage.js';

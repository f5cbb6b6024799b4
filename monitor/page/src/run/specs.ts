import type { Fields } from '../api/types';

/** One curve of a chart, and the field that it shows. */
export interface CurveSpec {
  readonly field: string;
  readonly label: string;
  /** Field with its standard error. */
  readonly error?: string;
  /** Place in the palette, or the colour of text. */
  readonly colour: number | 'ink';
  /** Of what is measured to what is shown; rises, so that extremes stay extremes. */
  readonly map?: (value: number) => number;
  readonly dash?: readonly number[];
  readonly width?: number;
  readonly points?: boolean;
  readonly opacity?: number;
  /** What the others are held against. */
  readonly context?: boolean;
}

/** One chart. */
export interface ChartSpec {
  readonly id: string;
  readonly title: string;
  /** What it shows and how to read it, in a sentence or two. */
  readonly about: string;
  readonly log: boolean;
  /** Whether its axis is that of the middle 98 % unless the reader wants all. */
  readonly clipped?: boolean;
  readonly curves: readonly CurveSpec[];
  readonly levels?: readonly { readonly at: number; readonly label: string }[];
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
const DASH = [5, 3];

/** The charts that this run has values for, in the order in which they are read. */
export function charts(fields: Fields): ChartSpec[] {
  const has = new Set(fields.fields.map((field) => field.name));
  const point = has.has('midpoint_eigenvalue_1') || !has.has('iterate_eigenvalue_1') ? 'midpoint' : 'iterate';
  const layers = fields.fields.map((field) => /^layer\.(.*)\.sharpness$/.exec(field.name)?.[1]).filter((name) => name !== undefined);
  return everyChart(point, eigenvalues(has, point), layers)
    .map((chart) => ({ ...chart, curves: chart.curves.filter((curve) => has.has(curve.field)) }))
    .filter((chart) => chart.curves.length > 0);
}

/** Every field that these charts need. */
export function fieldsOf(specs: readonly ChartSpec[]): string[] {
  const names = specs.flatMap((spec) => spec.curves.flatMap((curve) => (curve.error === undefined ? [curve.field] : [curve.field, curve.error])));
  return [...new Set(names)];
}

/** λ₁ and so on. */
export function lambda(rank: number): string {
  return 'λ' + [...String(rank)].map((digit) => SUBSCRIPTS[Number(digit)]).join('');
}

function eigenvalues(has: ReadonlySet<string>, point: string): CurveSpec[] {
  const result: CurveSpec[] = [];
  for (let rank = 1; has.has(`${point}_eigenvalue_${rank}`); rank++) {
    result.push({
      field: `${point}_eigenvalue_${rank}`,
      label: lambda(rank),
      error: `${point}_residual_${rank}`,
      colour: rank === 1 ? 0 : rank === 2 ? 5 : 2 + (rank % 3),
      width: rank === 1 ? 1.6 : 1.1,
    });
  }
  return result;
}

function everyChart(point: string, sharpness: readonly CurveSpec[], layers: readonly string[]): ChartSpec[] {
  return [
    {
      id: 'ratio',
      title: 'Stability ratio s',
      about: 's = η̃·λ₁/2: the Edge of Stability is at 1. At the edge s alternates with the step, so that the mean of two adjacent steps is what to look at; the pale curve is every step.',
      log: false,
      levels: [{ at: 1, label: 'edge' }],
      curves: [
        { field: 'stability_ratio', label: 'every step', colour: 0, width: 1, opacity: 0.4 },
        { field: 'stability_ratio_pair_mean', label: 'mean of two steps', colour: 0, width: 1.6 },
      ],
    },
    {
      id: 'sharpness',
      title: 'Sharpness λ',
      about: 'The largest eigenvalues of the Hessian on the unit sphere, each within its residual, against the level 2/η̃ at which descent becomes unstable. λ₁ meets it at the edge.',
      log: false,
      curves: [...sharpness, { field: 'threshold', label: 'threshold 2/η̃', colour: 'ink', dash: DASH, width: 1.1, context: true }],
    },
    {
      id: 'loss',
      title: 'Loss',
      about: 'Loss over the full batch at the iterates, at the midpoint of two iterates, where the oscillation does not show, and on the test set.',
      log: true,
      curves: [
        { field: 'loss', label: 'training', colour: 0 },
        { field: 'midpoint_loss', label: 'at midpoints', colour: 2, dash: DASH },
        { field: 'train_loss', label: 'evaluated', colour: 5 },
        { field: 'test_loss', label: 'test', colour: 1 },
      ],
    },
    {
      id: 'accuracy',
      title: 'Accuracy',
      about: 'Share of examples that are classified rightly.',
      log: false,
      curves: [
        { field: 'train_accuracy', label: 'training', colour: 0 },
        { field: 'test_accuracy', label: 'test', colour: 1 },
      ],
    },
    {
      id: 'cosine',
      title: 'Gradient cosine',
      about: 'Cosine of consecutive gradients: between 0 and 0.9 before the edge, close to −1 at it. A witness that needs no Hessian.',
      log: false,
      levels: [{ at: -1, label: '' }, { at: 0, label: '' }],
      curves: [{ field: 'gradient_cosine', label: 'cosine', colour: 2 }],
    },
    {
      id: 'share',
      title: 'Share of the oscillation α²/2η_in',
      about: 'The oscillation’s part of what holds the norm. It tends to 1 as the flow comes to rest; G² = 4·(1/share − 1).',
      log: false,
      clipped: true,
      levels: [{ at: 1, label: 'at rest' }],
      curves: [{ field: 'angular_step_share', label: 'α²/2η_in', colour: 3 }],
    },
    {
      id: 'g2',
      title: 'G² by source',
      about: 'Squared gradient of log-sharpness along the minimisers. The angular step and the decay are tied by the norm ledger; the direct measurement is independent of both.',
      log: true,
      curves: [
        { field: 'fit.g2.angular_step', error: 'fit.g2.angular_step.error', label: 'angular step', colour: 0 },
        { field: 'fit.g2.sharpness_decay', error: 'fit.g2.sharpness_decay.error', label: 'decay of sharpness', colour: 1 },
        { field: 'fit.g2.direct', error: 'fit.g2.direct.error', label: 'direct', colour: 2 },
        { field: `${point}_log_sharpness_gradient_squared`, label: 'direct, single', colour: 2, points: true, opacity: 0.5 },
      ],
    },
    {
      id: 'gradient-test',
      title: 'Test of the flow: d log λ₁/dτ',
      about: 'How fast log-sharpness falls per unit of flow time, and how fast the flow says that it does by the directly measured G²; the band is the error of their difference. This test can fail.',
      log: false,
      curves: [
        { field: 'fit.test.sharpness_gradient.measured', error: 'fit.test.sharpness_gradient.error', label: 'measured', colour: 0 },
        { field: 'fit.test.sharpness_gradient.predicted', label: 'predicted', colour: 1, dash: DASH },
        { field: 'fit.test.sharpness_gradient.by_slope', label: 'of it by the slope of the loss', colour: 4 },
      ],
    },
    {
      id: 'direction-test',
      title: 'Test of the flow: speed',
      about: 'Speed along the direction that the flow predicts, in radians per unit of flow time, and the speed that it predicts. This test can fail.',
      log: false,
      curves: [
        { field: 'flow_test_speed', error: 'flow_test_speed_error', label: 'measured', colour: 0 },
        { field: 'flow_test_predicted_speed', label: 'predicted', colour: 1, dash: DASH },
      ],
    },
    {
      id: 'direction-cosine',
      title: 'Test of the flow: direction',
      about: 'Cosine between the displacement on the minimisers and the one that the flow predicts: 1 on the flow, within its error.',
      log: false,
      levels: [{ at: 1, label: 'on the flow' }],
      curves: [{ field: 'flow_test_cosine', error: 'flow_test_cosine_error', label: 'cosine', colour: 2 }],
    },
    {
      id: 'p-value',
      title: 'p-value of the flow',
      about: 'Probability of a difference as large or larger if the flow holds. Small values speak against the flow.',
      log: false,
      levels: [{ at: 0.05, label: '0.05' }],
      curves: [{ field: 'fit.agreement_p_value', label: 'p', colour: 2, points: true }],
    },
    {
      id: 'rates',
      title: 'Rate of log-sharpness and the ledger',
      about: 'Measured rate per unit of flow time, and what the norm ledger implies with s at 1. An integrity check of the stream, not a test of the flow.',
      log: false,
      levels: [{ at: 0, label: '' }],
      curves: [
        { field: 'fit.measured_rate', error: 'fit.measured_rate.error', label: 'measured', colour: 0 },
        { field: 'fit.predicted_rate', error: 'fit.predicted_rate.error', label: 'by the ledger', colour: 1, dash: DASH },
      ],
    },
    {
      id: 'norms',
      title: 'Norms',
      about: 'Norm of the scale-invariant weights and of the gradient.',
      log: true,
      curves: [
        { field: 'weight_norm_squared', label: '‖w‖', colour: 0, map: Math.sqrt },
        { field: 'gradient_norm_squared', label: '‖∇L‖', colour: 1, map: Math.sqrt },
        { field: 'gradient_noise_squared', label: 'rounding noise of ∇L', colour: 6, map: Math.sqrt, dash: DASH },
      ],
    },
    {
      id: 'rate',
      title: 'Effective learning rate η̃',
      about: 'η/((1 − η_in)‖w‖²): the size of a step on the sphere. It grows as weight decay shrinks the weights.',
      log: true,
      curves: [
        { field: 'effective_learning_rate', label: 'η̃', colour: 0 },
        { field: 'learning_rate', label: 'η', colour: 6, dash: DASH },
      ],
    },
    {
      id: 'excess',
      title: 'Excess loss',
      about: 'Loss above that at the midpoint of two iterates: what the oscillation costs, as measured and as the angular step implies it.',
      log: true,
      curves: [
        { field: 'excess_loss', label: 'every step', colour: 0, opacity: 0.4, width: 1 },
        { field: 'fit.excess_loss', label: 'measured', colour: 0 },
        { field: 'fit.quadratic_excess_loss', label: 'by the angular step', colour: 1, dash: DASH },
      ],
    },
    {
      id: 'layers',
      title: 'Sharpness by layer',
      about: 'Largest eigenvalue of each layer’s block of the Hessian.',
      log: true,
      curves: layers.map((layer, i) => ({ field: `layer.${layer}.sharpness`, label: layer, colour: i, ...(i >= 7 ? { dash: DASH } : {}) })),
    },
    {
      id: 'trajectories',
      title: 'Sharpness on predicted trajectories',
      about: 'λ₁ of training and on the trajectories that theory predicts, each started from where training was.',
      log: false,
      curves: [
        { field: 'sharpness_reduction_flow_sharpness', label: 'sharpness-reduction flow', colour: 1 },
        { field: 'central_flow_sharpness', label: 'central flow', colour: 2 },
      ],
    },
    {
      id: 'distance',
      title: 'Distance from predicted trajectories',
      about: 'Angle in radians between the predicted point and the period-averaged point of training.',
      log: true,
      curves: [
        { field: 'sharpness_reduction_flow_distance', label: 'sharpness-reduction flow', colour: 1 },
        { field: 'central_flow_distance', label: 'central flow', colour: 2 },
      ],
    },
    {
      id: 'residuals',
      title: 'Residuals of the eigenpairs',
      about: '‖Hv − λv‖: an eigenvalue lies within this distance. Where it is large, distrust the stability ratio.',
      log: true,
      curves: sharpness.map((curve) => ({ field: curve.error ?? '', label: curve.label, colour: curve.colour })),
    },
    {
      id: 'timing',
      title: 'Time of a step',
      about: 'Milliseconds that the producer spent on a step.',
      log: true,
      curves: [
        { field: 'gradient_ns', label: 'gradient', colour: 0, map: (ns) => ns / 1e6 },
        { field: 'curvature_ns', label: 'curvature', colour: 1, map: (ns) => ns / 1e6 },
        { field: 'publish_ns', label: 'publishing', colour: 2, map: (ns) => ns / 1e6 },
      ],
    },
  ];
}

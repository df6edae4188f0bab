// The systems of clause 5.1, for figure 1 of docs/architecture.md.

type SystemId = 'billing' | 'access' | 'platform'

interface SystemRow {
  readonly id: SystemId
  readonly zh: string
  readonly en: string
  readonly does: string
  readonly clause: string
  /** True for what this product is: it holds the billing and the access system of a lot. */
  readonly ours: boolean
}

export const systems: readonly SystemRow[] = [
  {
    id: 'billing',
    zh: '停车场计费系统',
    en: 'parking billing system',
    does: 'entry and exit, price, payment, reconciliation',
    clause: '5.1 a',
    ours: true,
  },
  {
    id: 'access',
    zh: 'ETC 接入系统',
    en: 'ETC access system',
    does: 'adds charging by ETC to the billing system',
    clause: '5.1 b',
    ours: true,
  },
  {
    id: 'platform',
    zh: 'ETC 拓展平台',
    en: 'ETC expansion platform',
    does: 'takes requests, charges, reconciles, clears',
    clause: '5.1 c',
    ours: false,
  },
]

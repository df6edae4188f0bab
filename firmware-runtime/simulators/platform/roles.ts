// The interfaces of each simulated platform of table G.1.

/** The platforms of table G.1. */
export const platformRoles = ['expansion', 'operator', 'etcOperator'] as const
export type PlatformRole = (typeof platformRoles)[number]

/** Roles of interfaces that are not only the expansion platform's. */
const holders: Readonly<Record<string, readonly PlatformRole[]>> = {
  'GET /v1/certificates': platformRoles,
  'GET /v1/configuration': ['etcOperator'],
  'GET /v1/shifts': ['operator'],
  'POST /v1/shifts': ['operator'],
  'PUT /v1/shifts/{shiftNo}': ['operator'],
  'POST /v1/records/entries': ['operator'],
  'POST /v1/records/exits': ['operator'],
  ...Object.fromEntries(
    [
      'POST /v1/records/plates',
      'PUT /v1/batches/{kind}/{parkId}/{hour}',
      'POST /v1/monitor/heartbeats',
      'GET /v1/bills/exit',
      'POST /v1/feedback',
      'PUT /v1/feedback/{feedbackNo}',
    ].map((name) => [name, ['expansion', 'operator']]),
  ),
}

/** Whether a role has an interface. */
export const isOf =
  (role: PlatformRole | undefined) =>
  ({ name }: { readonly name: string }): boolean =>
    role === undefined || (holders[name] ?? ['expansion']).includes(role)

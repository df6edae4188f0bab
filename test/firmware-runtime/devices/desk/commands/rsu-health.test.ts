// `etc-lane rsu health`: one bad value sets the exit code; a value that no device has reported yet does not.
// What expires soon is written to the document, but does not set the exit code.
import { expect, it } from 'vitest'
import type { HealthView, CredentialState } from '#devices/calls/health-views.ts'
import { isWell } from '#devices/desk/commands/rsu-health.ts'

const lot = (
  psam: CredentialState,
  certificate: CredentialState,
  clock: CredentialState,
): HealthView => ({
  nowIso: '2026-03-13T10:15:02.000+08:00',
  psams: [
    { laneId: 'exit', terminal: '370100000001', authorised: null, state: psam, toldMsAgo: 10 },
  ],
  powers: [],
  signIn: { state: 'soon', untilIso: null, leftMs: null, grantedMsAgo: null },
  certificates: [
    {
      of: 'platform',
      whose: 'client',
      serial: '01',
      fromIso: '2026-03-12T00:00:00.000+08:00',
      untilIso: '2026-03-14T00:00:00.000+08:00',
      leftMs: 1,
      state: certificate,
    },
  ],
  clock: { state: clock, offsetMs: null, answeredMsAgo: null },
})

it.each([
  ['ok', 'ok', 'ok', true],
  ['unknown', 'soon', 'unknown', true],
  ['bad', 'ok', 'ok', false],
  ['ok', 'bad', 'ok', false],
  ['ok', 'ok', 'bad', false],
] as const)('PSAM %s, certificate %s, clock %s: well %s', (psam, certificate, clock, well) => {
  expect(isWell(lot(psam, certificate, clock))).toBe(well)
})
it('a lot without a platform has no sign-in and no clock to compare with', () => {
  expect(isWell({ ...lot('ok', 'ok', 'bad'), signIn: null, clock: null })).toBe(true)
})

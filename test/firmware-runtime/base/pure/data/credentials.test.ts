// The state of each credential that a lane needs to charge, on both sides of every limit; without a report it is unknown.
// P24 of the platform reference defines the limits of the clock.
import { describe, expect, it } from 'vitest'
import {
  certificateSoonMs,
  certificateState,
  clockState,
  psamState,
  signInSoonMs,
  signInState,
} from '#base/pure/data/credentials.ts'

const held = { whose: 'client', certSerial: '01', notBeforeMs: 1_000, notAfterMs: 1e12 } as const

describe('a certificate', () => {
  it.each([
    [999, 'bad'],
    [1_000, 'ok'],
    [1e12 - certificateSoonMs - 1, 'ok'],
    [1e12 - certificateSoonMs, 'soon'],
    [1e12 - 1, 'soon'],
    [1e12, 'bad'],
  ])('at %d is %s', (nowMs, state) => {
    expect(certificateState(held, nowMs)).toBe(state)
  })
})

it.each([
  [null, 0, 'unknown'],
  [1e9, 1e9 - signInSoonMs - 1, 'ok'],
  [1e9, 1e9 - signInSoonMs, 'soon'],
  [1e9, 1e9, 'bad'],
])('a sign-in until %s at %d is %s', (untilMs, nowMs, state) => {
  expect(signInState(untilMs, nowMs)).toBe(state)
})

it.each([
  [null, 'unknown'],
  [-30_000, 'ok'],
  [30_001, 'soon'],
  [-120_000, 'soon'],
  [120_001, 'bad'],
])('a clock that is off by %s ms is %s', (offsetMs, state) => {
  expect(clockState(offsetMs)).toBe(state)
})

it.each([
  [true, true, 'ok'],
  [false, true, 'bad'],
  [null, true, 'unknown'],
  [true, false, 'unknown'],
])('a PSAM that is authorised %s, antenna up %s, is %s', (authorised, up, state) => {
  expect(psamState(authorised, up)).toBe(state)
})

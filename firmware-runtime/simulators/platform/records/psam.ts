// PSAM sign-in, authorisation and its confirmation (P11). The MAC, which a real platform computes with the issuer's
// key, is a test value derived from the card's random.
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import { testPsamMac } from '../../shell/test-psam.ts'
import { done, refuse, type Outcome } from '../answers.ts'
import { ofApp } from './by-application.ts'
import { oncePerNumber, type Call, type Services, type Handler } from '../call.ts'
import { checkApplied } from './known.ts'
import { areaRule, authorizeRules, confirmRules, psamRules, signInRules } from './member-tables.ts'
import { checkMembers, numberOf, textOf, timeOf, type MemberRule, type Members } from './members.ts'
import { actOf } from './settlement-records.ts'

const authorisedForMs = dayMs
const normal = 1

const areaRules = (members: Members): readonly MemberRule[] =>
  members['provinceCode'] === undefined ? [areaRule] : [{ ...areaRule, name: 'provinceCode' }]

const psamStatus = (services: Services, { appId, members }: Call): number =>
  ofApp(services.state.psams, appId, textOf(members, 'psamNo')) ?? normal

const shownOf = (call: Call, step: string) => ({
  shown: {
    step,
    psamNo: textOf(call.members, 'psamNo'),
    terminalNo: textOf(call.members, 'terminalNo'),
    parkId: textOf(call.members, 'parkId'),
    laneNo: textOf(call.members, 'laneNo'),
    laneType: textOf(call.members, 'laneType'),
    atIso: textOf(call.members, 'terminalTime'),
  },
})

/** Asked for a time that has not ended yet, by a lane of the application. */
function checkAsked(services: Services, call: Call): Outcome | null {
  const at = textOf(call.members, 'terminalTime')
  return timeOf(call.members, 'terminalTime') + authorisedForMs <= call.earliestMs
    ? refuse('200004', '/terminalTime', at, 'its authorisation has already ended')
    : checkApplied(services, call)
}

/** POST /v1/psam/sign-in */
export const postSignIn: Handler = (services, call) => {
  const no = textOf(call.members, 'listNo')
  const isLane = call.members['psamNo'] === undefined && call.members['terminalNo'] === undefined
  const rules = [...signInRules, ...(isLane ? [] : psamRules), ...areaRules(call.members)]
  return oncePerNumber(services, call, { kind: 'sign-ins', no, rules }, () => {
    const wrong = checkAsked(services, call)
    if (wrong !== null) return wrong
    const status = psamStatus(services, call)
    const untilMs = timeOf(call.members, 'terminalTime') + authorisedForMs
    return {
      status: status === normal ? 'SIGNED_IN' : 'REFUSED',
      facts: shownOf(call, 'sign-in'),
      outcome: done({
        listNo: no,
        psamStatus: status,
        ...(status === normal ? { validUntil: isoOf(untilMs) } : {}),
      }),
    }
  })
}

/** POST /v1/psam/authorize */
export const postAuthorize: Handler = (services, call) => {
  const no = textOf(call.members, 'listNo')
  const rules = [...authorizeRules, ...areaRules(call.members)]
  return oncePerNumber(services, call, { kind: 'authorizations', no, rules }, () => {
    const wrong = checkAsked(services, call)
    if (wrong !== null) return wrong
    const status = psamStatus(services, call)
    if (status !== normal) {
      return refuse('400009', '/psamNo', textOf(call.members, 'psamNo'), `its state is ${status}`)
    }
    const authMac = testPsamMac(textOf(call.members, 'random'))
    const untilMs = timeOf(call.members, 'terminalTime') + authorisedForMs
    return {
      status: 'PENDING',
      facts: shownOf(call, 'authorize'),
      outcome: done({
        listNo: no,
        authMac,
        apdu: `0082000008${authMac}`,
        validUntil: isoOf(untilMs),
        psamStatus: status,
      }),
    }
  })
}

function confirmed(services: Services, call: Call): Outcome {
  const { members, appId } = call
  const no = textOf(members, 'listNo')
  const act = actOf(services.state, 'authorizations', appId, no)
  const shown = act?.row.shown
  if (!act || !shown) return refuse('300012', '/listNo', no, 'no authorisation under this number')
  if (shown['psamNo'] !== textOf(members, 'psamNo')) {
    return refuse('300013', '/psamNo', textOf(members, 'psamNo'), 'another PSAM asked')
  }
  const ok = numberOf(members, 'result') === 0 && textOf(members, 'sw1sw2') === '9000'
  const status = ok ? 'AUTHORISED' : 'CARD_REFUSED'
  // What the card said under one number, it said once.
  if (act.status !== 'PENDING' && act.status !== status)
    return refuse('300013', '/listNo', no, `it is ${act.status}`)
  if (act.status !== status) {
    services.record({ t: 'status', kind: 'authorizations', appId, no, status })
  }
  const untilMs = timeOf({ at: shown['atIso'] }, 'at') + authorisedForMs
  if (ok) {
    const terminalNo = String(shown['terminalNo'])
    const psamNo = textOf(members, 'psamNo')
    services.record({ t: 'authorised', appId, psamNo, terminalNo, untilMs })
  }
  return done({ listNo: no, status, ...(ok ? { validUntil: isoOf(untilMs) } : {}) })
}

/** POST /v1/psam/authorize/confirm: may be repeated, because it only reports the card's answer. */
export const postConfirm: Handler = (services, call) => {
  const wrong = checkMembers(confirmRules, call.members)
  return wrong ?? confirmed(services, call)
}

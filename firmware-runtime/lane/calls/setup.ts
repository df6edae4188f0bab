// Calls that set up a lot before it has a lot file: each form saves its part, and no save starts a lane. Parts may be
// incomplete; missing values are judged, not refused (ui.md section 8).
import { liveBarrier, liveGuard } from '#base/pure/values/guards.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import type { PlaceTried } from '#ledger/ports/copy-service.ts'
import { serverWish } from '#ledger/calls/backup.ts'
import { draftParts } from './setup-draft.ts'
import type {
  ChannelView,
  CredentialsView,
  HandoverView,
  InForceView,
  JoiningView,
  SetupPreview,
  SetupView,
  SpacesRead,
} from './setup-views.ts'
import type { ProvinceComparison } from '#base/calls/rules-views.ts'
import type { AccessView, OnboardingView } from '#ledger/calls/onboarding-views.ts'
import { act, day, installer, laneId, none, plainAct, read, reply, who } from '#base/calls/rows.ts'
import { triedDevices, type TriedView } from '#devices/calls/tried-views.ts'
import type { ActAnswer } from '#base/calls/rows.ts'

/** First two digits of a province code. */
const provinceDigits = z.string().regex(/^\d{2}$/)

/** 2,000 spaces with their addresses are 200 kB. */
const spacesTextMax = 400_000

const joiningStep = z.enum(['csr', 'rotate'])

export const setupCalls = {
  'setup.get': read('gear', none, reply<SetupView>(), { rest: 'command' }),
  /** Parts that are not given stay unchanged. */
  'setup.save': installer(() => z.strictObject(draftParts()), reply<SetupView>()),
  /** Reads a table or drawing of spaces; nothing is saved. */
  'setup.spaces': installer(
    () =>
      z.strictObject({
        /** Of a table. */
        text: z.string().max(spacesTextMax).optional(),
        /** Path of a drawing or table on the computer of the lanes, in place of the text. */
        file: z.string().min(1).max(400).optional(),
        /** Of a drawing: the layer with the spaces. */
        layer: z.string().max(255).optional(),
      }),
    reply<SpacesRead>(),
  ),
  /** Undoes the last save, once. */
  'setup.undo': installer(none, reply<SetupView>()),
  /** Resets the forms to the lot: entries that were not written are lost. */
  'setup.discard': installer(none, reply<SetupView>()),
  /** Null: no lanes run on the lot that is being set up. */
  'setup.inForce': read('gear', none, reply<{ readonly inForce: InForceView | null }>(), {
    rest: 'command',
  }),
  /** Certificates and keys named in the draft, as stored on this machine. */
  'setup.credentials': read('gear', none, reply<CredentialsView>(), { rest: 'command' }),
  /** What the channel file of a platform would change in the draft (docs/channel-file.md). */
  'setup.channel': installer(
    () => z.strictObject({ file: z.string().min(1).max(400) }),
    reply<ChannelView>(),
  ),
  /** Progress of the certificates that the lot exchanges with its platform (clause 9.1 a). */
  'setup.joining': read('gear', none, reply<JoiningView>(), { rest: 'command' }),
  /** Makes the lot's key and the request for its certificate, or returns the waiting request. */
  'setup.request': installer(() => z.strictObject({ step: joiningStep }), reply<JoiningView>()),
  /** Cancels the waiting request with its key and makes another one: a certificate for the former one will not fit. */
  'setup.requestAnew': plainAct('installer', () => ({ step: joiningStep }), {
    words: t('重新申请证书', 'Certificate asked for anew'),
    guard: 'pin',
  }),
  /** Writes the request as a file for the platform, for example to a USB stick. */
  'setup.exportRequest': installer(
    () => z.strictObject({ folder: z.string().min(1).max(400) }),
    reply<{ readonly file: string }>(),
  ),
  /** Imports what the platform issued; the resulting settings are put into the draft. */
  'setup.import': plainAct('installer', () => ({ from: z.string().min(1).max(400) }), {
    words: t('导入证书', 'Certificate brought'),
    guard: 'pin',
  }),
  /** Progress of the lot's registration at its platform (000 A.2.2). */
  'setup.onboarding': read('gear', none, reply<OnboardingView>(), { rest: 'command' }),
  /** Writes the application as a file for the platform. */
  'setup.apply': installer(
    () =>
      z.strictObject({
        use: z.enum(['test', 'production']),
        contact: z.string().max(120),
        folder: z.string().min(1).max(400),
      }),
    reply<{ readonly file: string }>(),
  ),
  /** Continues the joint test in the sandbox, or starts it again; `setup.onboarding` has its progress. */
  'setup.debug': installer(() => z.strictObject({ isAnew: z.boolean() }), reply<OnboardingView>()),
  'setup.debugStop': installer(none, reply<OnboardingView>()),
  'setup.jointReport': read(
    'gear',
    () => z.strictObject({ language: z.enum(['zh', 'en']), format: z.enum(['pdf', 'json']) }),
    reply<{ readonly fileName: string; readonly base64: string }>(),
    { rest: 'command', document: true },
  ),
  /** Compares two provinces rule by rule, and what the existing lot has to change when it moves. Throws LOT-02. */
  'setup.compare': read(
    'gear',
    () => z.strictObject({ from: provinceDigits, to: provinceDigits }),
    reply<ProvinceComparison>(),
    { rest: 'command' },
  ),
  /** Accesses of the lot to its platform, newest first (000 A.2.2 i). */
  'setup.access': read(
    'gear',
    () =>
      z.strictObject({
        interfaceId: z.string().max(200).nullable(),
        account: z.string().max(32).nullable(),
        from: day.nullable(),
        to: day.nullable(),
        limit: z.int().min(1).max(1000),
      }),
    reply<AccessView>(),
    { rest: 'command' },
  ),
  /** Seals the key of the gateway or of the reservation platform to this machine; it is never returned. */
  'setup.key': act(
    'installer',
    () =>
      z.strictObject({
        /** Absent: the gateway. */
        of: z.enum(['gateway', 'reservation']).optional(),
        from: z.enum(['typed', 'file']),
        value: z.string().min(1).max(400),
        ...who,
      }),
    reply<ActAnswer & { readonly keyIds: readonly string[] }>(),
    { words: t('写入密钥', 'Key written'), guard: liveGuard },
  ),
  /** Seals the password of a camera in the draft to this machine: of a lane, or of a source of spaces. It is never returned. */
  'setup.camera': installer(
    () =>
      z.strictObject({
        laneId: laneId.optional(),
        sourceId: z.string().min(1).max(32).optional(),
        password: z.string().min(1).max(256),
      }),
    reply<CredentialsView>(),
  ),
  /** Tests a server for copies; a password that it accepts is sealed to this machine. */
  'setup.server': installer(() => z.strictObject(serverWish), reply<PlaceTried>()),
  /** Tests one device by its link; it may move a boom, so it is an act. `setup.tried` has the result. */
  'setup.try': plainAct(
    'installer',
    () => ({
      laneId,
      device: z.enum(triedDevices),
      what: z.enum(['open', 'close', 'look']),
      link: z.string().min(1).max(400),
    }),
    { words: t('测试设置', 'Setting tried'), guard: liveBarrier },
  ),
  /** The newest test of each device in this session, including a running one. */
  'setup.tried': read('gear', none, reply<{ readonly tried: readonly TriedView[] }>(), {
    rest: 'lanes',
  }),
  'setup.tryStop': installer(none, reply<{ readonly tried: readonly TriedView[] }>()),
  /** The hand-over document of the lot, as PDF. */
  'setup.handover': read(
    'people',
    () => z.strictObject({ language: z.enum(['zh', 'en']) }),
    reply<HandoverView>(),
    { rest: 'command', document: true },
  ),
  'setup.preview': read('gear', none, reply<SetupPreview>(), { rest: 'command' }),
  /** Writes exactly the previewed files; the lanes start. Running lanes apply them when no car is in a lane. */
  'setup.begin': plainAct('owner', () => ({ digest: z.string().regex(/^[0-9a-f]{64}$/) }), {
    words: t('投入使用', 'Lot put to use'),
    guard: 'pin',
  }),
  /** Returns the lot to its former version; with running lanes, waiting settings are withdrawn first. */
  'setup.revert': plainAct('owner', () => ({}), {
    words: t('恢复以前的设置', 'Settings before taken back'),
    guard: 'pin',
  }),
} as const

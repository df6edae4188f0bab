// Calls of setting up a lot before it has a lot file: each form saves its part, nothing of it starts a lane.
// Parts may be half filled in; what is missing is judged, not refused (ui.md section 8).
import { liveBarrier, liveGuard } from '../../core/people/guards.ts'
import { t } from '../../core/values/fault-text.ts'
import { z } from 'zod'
import type { PlaceTried } from '../../ports/copy-service.ts'
import { serverWish } from './backup.ts'
import { draftParts } from '../setup-draft.ts'
import type {
  ChannelView,
  CredentialsView,
  HandoverView,
  InForceView,
  JoiningView,
  SetupPreview,
  SetupView,
} from '../setup-views.ts'
import type { ProvinceComparison } from '../rules-views.ts'
import type { AccessView, OnboardingView } from '../onboarding-views.ts'
import { act, day, installer, laneId, none, read, reply, who } from '../rows.ts'
import { triedDevices, type TriedView } from '../tried-views.ts'
import type { ActAnswer } from '../rows.ts'

/** First two digits of a province code. */
const provinceDigits = z.string().regex(/^\d{2}$/)

const joiningStep = z.enum(['csr', 'rotate'])

export const setupCalls = {
  'setup.get': read('gear', none, reply<SetupView>(), { rest: 'command' }),
  /** Parts that are not named stay as they are. */
  'setup.save': installer(() => z.strictObject(draftParts()), reply<SetupView>()),
  /** Takes back the last save, once. */
  'setup.undo': installer(none, reply<SetupView>()),
  /** The forms say what the lot is: what was typed and not written is gone. */
  'setup.discard': installer(none, reply<SetupView>()),
  /** Null where no lane runs on what is set up here. */
  'setup.inForce': read('gear', none, reply<{ readonly inForce: InForceView | null }>(), {
    rest: 'command',
  }),
  /** Certificates and keys that the draft names, as they lie on this machine. */
  'setup.credentials': read('gear', none, reply<CredentialsView>(), { rest: 'command' }),
  /** What the channel file of a platform would change of the draft (docs/channel-file.md). */
  'setup.channel': installer(
    () => z.strictObject({ file: z.string().min(1).max(400) }),
    reply<ChannelView>(),
  ),
  /** How far the lot is with the certificates that it exchanges with its platform (clause 9.1 a). */
  'setup.joining': read('gear', none, reply<JoiningView>(), { rest: 'command' }),
  /** Makes the lot's key and the request for its certificate, or gives the one that waits. */
  'setup.request': installer(() => z.strictObject({ step: joiningStep }), reply<JoiningView>()),
  /** Voids the request that waits, with its key, and makes another: what the platform makes of the former fits no more. */
  'setup.requestAnew': act(
    'installer',
    () => z.strictObject({ step: joiningStep, ...who }),
    reply<ActAnswer>(),
    { words: t('重新申请证书', 'Certificate asked for anew'), guard: 'pin' },
  ),
  /** The request as a file for the platform, on a stick for example. */
  'setup.exportRequest': installer(
    () => z.strictObject({ folder: z.string().min(1).max(400) }),
    reply<{ readonly file: string }>(),
  ),
  /** Takes in what the platform gave; what follows from it for the settings stands in the draft. */
  'setup.import': act(
    'installer',
    () => z.strictObject({ from: z.string().min(1).max(400), ...who }),
    reply<ActAnswer>(),
    { words: t('导入证书', 'Certificate brought'), guard: 'pin' },
  ),
  /** How far the lot is with being let in by its platform (000 A.2.2). */
  'setup.onboarding': read('gear', none, reply<OnboardingView>(), { rest: 'command' }),
  /** The application as a file for the platform. */
  'setup.apply': installer(
    () =>
      z.strictObject({
        use: z.enum(['test', 'production']),
        contact: z.string().max(120),
        folder: z.string().min(1).max(400),
      }),
    reply<{ readonly file: string }>(),
  ),
  /** Goes on with the joint test in the sandbox, or begins it anew; `setup.onboarding` says how far it is. */
  'setup.debug': installer(() => z.strictObject({ isAnew: z.boolean() }), reply<OnboardingView>()),
  'setup.debugStop': installer(none, reply<OnboardingView>()),
  'setup.jointReport': read(
    'gear',
    () => z.strictObject({ language: z.enum(['zh', 'en']), format: z.enum(['pdf', 'json']) }),
    reply<{ readonly fileName: string; readonly base64: string }>(),
    { rest: 'command', document: true },
  ),
  /** Two provinces rule by rule, and what the lot that is there changes when it moves. Throws LOT-02. */
  'setup.compare': read(
    'gear',
    () => z.strictObject({ from: provinceDigits, to: provinceDigits }),
    reply<ProvinceComparison>(),
    { rest: 'command' },
  ),
  /** Accesses of the lot to its platform, the newest first (000 A.2.2 i). */
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
  /** Seals the key of the gateway, or of the reservation platform, to this machine; it never goes out again. */
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
  /** Seals the password of the camera that a lane has in the draft to this machine; it never goes out again. */
  'setup.camera': installer(
    () => z.strictObject({ laneId, password: z.string().min(1).max(256) }),
    reply<CredentialsView>(),
  ),
  /** A server for copies; a password that it took is sealed to this machine. */
  'setup.server': installer(() => z.strictObject(serverWish), reply<PlaceTried>()),
  /** Tests one device by its link: a boom is moved, so it is an act. `setup.tried` says what came of it. */
  'setup.try': act(
    'installer',
    () =>
      z.strictObject({
        laneId,
        device: z.enum(triedDevices),
        what: z.enum(['open', 'close', 'look']),
        link: z.string().min(1).max(400),
        ...who,
      }),
    reply<ActAnswer>(),
    { words: t('测试设置', 'Setting tried'), guard: liveBarrier },
  ),
  /** Null: nothing was tested yet. */
  /** The newest test of each device of this session, the one that runs among them. */
  'setup.tried': read('gear', none, reply<{ readonly tried: readonly TriedView[] }>(), {
    rest: 'lanes',
  }),
  'setup.tryStop': installer(none, reply<{ readonly tried: readonly TriedView[] }>()),
  /** A document of the lot for who takes it over, as PDF. */
  'setup.handover': read(
    'people',
    () => z.strictObject({ language: z.enum(['zh', 'en']) }),
    reply<HandoverView>(),
    { rest: 'command', document: true },
  ),
  'setup.preview': read('gear', none, reply<SetupPreview>(), { rest: 'command' }),
  /** Writes what was previewed, and only that; the lanes start. Lanes that run take it when no car is in them. */
  'setup.begin': act(
    'owner',
    () => z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/), ...who }),
    reply<ActAnswer>(),
    { words: t('投入使用', 'Lot put to use'), guard: 'pin' },
  ),
  /** The lot that the folder has, one step back; of lanes that run, what waits is taken back first. */
  'setup.revert': act('owner', () => z.strictObject(who), reply<ActAnswer>(), {
    words: t('恢复以前的设置', 'Settings before taken back'),
    guard: 'pin',
  }),
} as const

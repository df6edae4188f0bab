// The shape of a body of a survey record, with its physics.
import { rule } from '#base/pure/words/issue-why.ts'
import { z } from 'zod'
import { once } from '#base/pure/values/once.ts'
import { lengthPx, lineMinPx, scaleFigures } from '#base/pure/data/drawing.ts'
import { surveyItems } from '../items/index.ts'
import { surveyParties } from './sampling.ts'
import { decisionRules } from '../decision.ts'
import { openPlace } from './open-place.ts'
import { fieldAreas } from './record.ts'
import { photoPixelsMax, photoUploadBytesMax } from '#base/pure/data/photo.ts'
import { signerRoles } from '#base/pure/words/survey-words.ts'
import { visible } from '#base/pure/words/visible-text.ts'
import { wrongInKept } from '#base/pure/rules/packs.ts'
import type { RulePack } from '#base/pure/rules/rule-pack.ts'

/** Made when a record is first read. */
export const bodyShape = once(() => {
  const text = (max: number) =>
    z
      .string()
      .trim()
      .max(max)
      .refine((value) => visible(value) === value, rule('有不可见字符', 'invisible characters'))
  const name = (max: number) => text(max).min(1)
  /** Surveys stay within 40 m of the lane. */
  const mm = z.int().min(-40_000).max(40_000)
  const place = { xMm: mm, yMm: mm }
  /** No instrument reads below -140 dBm or survives more than +20 dBm (lane-devices.md 6.1). */
  const levelDbm = z.number().min(-140).max(20)
  const day = z.iso.date().nullable()
  const digest = z.string().regex(/^[0-9A-F]{64}$/)
  const item = z.literal(surveyItems.map(({ id }) => id))
  const obuId = z.string().regex(/^[0-9A-F]{8}$/)
  const counted = z.int().min(0).max(100_000)
  const latencyMs = z.number().min(0).max(60_000)

  const grid = z
    .strictObject({
      id: name(40),
      widthMm: z.int().min(500).max(20_000),
      lengthMm: z.int().min(500).max(40_000),
      stepMm: z.int().min(50).max(5_000),
      heightMm: z.int().min(100).max(6_000),
      ring: z
        .strictObject({ offsetMm: z.int().min(50).max(5_000), stepMm: z.int().min(50).max(5_000) })
        .nullable(),
    })
    .refine(
      ({ widthMm, lengthMm, stepMm }) => (widthMm / stepMm) * (lengthMm / stepMm) <= 5_000,
      rule('超过 5,000 点', 'more than 5,000 points'),
    )

  const area = z
    .strictObject({ leftMm: mm, rightMm: mm, nearMm: mm, farMm: mm })
    .refine(
      (a) => a.leftMm < a.rightMm && a.nearMm < a.farMm,
      rule('区域要有宽和长', 'an area has a width and a length'),
    )

  const zonePlan = z.strictObject({
    needed: area,
    neededReason: name(200).nullable(),
    origin: z.strictObject(place),
    rule: z.enum(decisionRules),
    uncertaintyDb: z.number().min(0.1).max(20),
    neighbourAxesMm: z.array(mm).max(2),
    noNeighbours: name(200).exactOptional(),
  })

  /** Strokes in a box of 600 x 200, nothing else: the path is put into a drawing. */
  const penPath = z
    .string()
    .max(30_000)
    .regex(/^(?:M\d{1,3},\d{1,3}(?:L\d{1,3},\d{1,3})+)+$/, 'no strokes of a pen')
    .refine(
      (path) =>
        [...path.matchAll(/(\d+),(\d+)/g)].every(
          ([, x, y]) => +(x ?? 0) <= 600 && +(y ?? 0) <= 200,
        ),
      rule('超出 600 x 200 的框', 'outside the box of 600 x 200'),
    )
  const seq = z.int().min(1)
  const pixels = z.int().min(1).max(photoPixelsMax.jpeg)
  const picture = {
    digest,
    mime: z.enum(['image/jpeg', 'image/png']),
    widthPx: pixels,
    heightPx: pixels,
    bytes: z.int().min(1).max(photoUploadBytesMax),
  }

  /** A handle may lie outside the picture a little, never far. */
  const px = z.number().min(-10_000).max(100_000)
  const pointPx = z.strictObject({ xPx: px, yPx: px })
  const line = z
    .strictObject({ from: pointPx, to: pointPx, lengthMm: z.int().min(100).max(1_000_000) })
    .refine(
      (one) => lengthPx(one) >= lineMinPx,
      rule(`线至少 ${lineMinPx} 像素`, `a line has at least ${lineMinPx} pixels`),
    )
  const scale = z
    .strictObject({
      kind: z.literal('scale'),
      digest,
      known: line,
      check: line,
      placed: z
        .strictObject({ origin: pointPx, along: pointPx })
        .refine(
          ({ origin, along }) => lengthPx({ from: origin, to: along }) >= 1,
          rule('没有方向', 'no direction'),
        )
        .nullable(),
    })
    .refine(({ known, check }) => scaleFigures(known, check).verdict !== 'contradicts', {
      path: ['check', 'lengthMm'],
      ...rule(
        '核对距离与已知距离相差超过 10 %',
        'the check distance contradicts the known one by more than 10 %',
      ),
      when: ({ issues }) => issues.length === 0,
    })

  const origin = z.strictObject({
    how: z.enum(['live', 'typed', 'imported']),
    file: text(200).exactOptional(),
    fileSm3: digest.exactOptional(),
    columns: text(1_000).exactOptional(),
    link: name(300).exactOptional(),
    rawBase64: z
      .string()
      .max(700_000)
      .regex(/^[A-Za-z0-9+/]*={0,2}$/)
      .exactOptional(),
    rawSm3: digest.exactOptional(),
  })

  const unpassed = z.strictObject({ item, verdict: z.enum(['fail', 'incomplete', 'marginal']) })
  const despite = z.strictObject({
    rows: z.array(unpassed).min(1).max(surveyItems.length),
    reason: name(500),
    who: name(60),
  })

  return z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('opened'),
      title: name(120),
      site: name(120),
      lane: name(60),
      grid,
      trigger: z.strictObject(place).nullable(),
      access: z.enum(['wire', 'mobile']),
      zone: zonePlan.exactOptional(),
      open: openPlace().exactOptional(),
      rules: z.custom<RulePack>((pack) => wrongInKept(pack) === null).exactOptional(),
    }),
    z.strictObject({
      kind: z.literal('setup'),
      profile: name(120),
      firmware: text(60).nullable(),
      settings: z.record(name(60), z.union([z.number(), text(120)])),
      heightMm: z.int().min(0).max(20_000).nullable(),
      downDeg: z.number().min(-90).max(90).nullable(),
      yawDeg: z.number().min(-180).max(180).nullable(),
      at: z.strictObject(place).nullable().exactOptional(),
    }),
    z.strictObject({
      kind: z.literal('instrument'),
      instrumentId: name(60),
      model: name(120),
      serialNo: text(60).nullable(),
      calibratedOn: day,
      calibratedUntil: day,
      correctionDb: z.number().min(-60).max(60),
      gainDbi: z.number().min(-60).max(60).exactOptional(),
      simulated: z.boolean(),
    }),
    z.strictObject({
      kind: z.literal('field'),
      origin: origin.exactOptional(),
      ...place,
      zMm: z.int().min(0).max(6_000),
      instrumentId: name(60),
      antennaId: z.int().min(0).max(255).nullable(),
      place: z.enum(fieldAreas),
      levelsDbm: z.array(levelDbm).min(1).max(1_000),
      unit: z.literal('dBuV/m').exactOptional(),
      profile: name(140).exactOptional(),
      channel: name(20).exactOptional(),
      reason: name(200).exactOptional(),
    }),
    z
      .strictObject({
        kind: z.literal('obuTries'),
        ...place,
        obuId: name(40),
        zMm: z.int().min(0).max(6_000),
        tries: z.int().min(1).max(1_000),
        good: counted,
      })
      .refine(({ tries, good }) => good <= tries, {
        path: ['good'],
        ...rule('多于尝试次数', 'more than tries'),
      }),
    z.strictObject({
      kind: z.literal('crossRead'),
      origin: origin.exactOptional(),
      antennaId: z.int().min(0).max(255).nullable(),
      inLane: counted,
      inNeighbour: counted,
      rounds: z.int().min(1).max(100_000).exactOptional(),
      neighbours: z
        .array(
          z
            .strictObject({ obuId, place: text(20), trials: counted, reads: counted })
            .refine(
              ({ trials, reads }) => reads <= trials,
              rule('读到次数多于试验次数', 'more reads than trials'),
            ),
        )
        .max(1_600)
        .exactOptional(),
      own: z
        .array(z.strictObject({ obuId, reads: counted }))
        .max(1_600)
        .exactOptional(),
      stressDb: z.number().min(1).max(20).exactOptional(),
    }),
    z.strictObject({
      kind: z.literal('criterion'),
      item: z.literal('D6'),
      triesMin: z.int().min(1).max(100_000),
      readsMax: counted,
      neighbourDbmMax: levelDbm.nullable(),
      text: name(2_000),
      source: name(200),
    }),
    z.strictObject({
      kind: z.literal('check'),
      item,
      part: name(60),
      answer: z.enum(['yes', 'no', 'notApplicable']),
      remark: text(500),
      photos: z.array(digest).max(20),
      where: text(120).exactOptional(),
    }),
    z.strictObject({
      kind: z.literal('photo'),
      ...picture,
      item,
      part: name(60),
      remark: text(500),
      where: text(120),
      at: z.strictObject(place).nullable(),
    }),
    z.strictObject({
      kind: z.literal('nameplate'),
      model: name(120),
      serialNo: text(60).nullable(),
      approvalNo: name(60).nullable(),
      hardwareVersion: name(60).nullable(),
      library: z
        .strictObject({
          profile: name(120),
          revision: z.int().min(1),
          approvals: z
            .array(
              z.strictObject({ approvalNo: name(60), hardwareVersions: z.array(name(60)).max(16) }),
            )
            .max(32),
        })
        .nullable(),
    }),
    z.strictObject({ kind: z.literal('drawing'), ...picture, title: text(120) }),
    scale,
    z.strictObject({
      kind: z.literal('repaired'),
      fromSurveyId: text(60),
      lost: z.array(seq).max(1_000_000),
      suspect: z.array(seq).max(1_000_000),
      picturesLost: z.array(digest).max(10_000),
    }),
    z.strictObject({
      kind: z.literal('link'),
      origin: origin.exactOptional(),
      way: z.enum(['ping', 'up', 'down']),
      method: z.enum(['icmp', 'tcp', 'https', 'stamped', 'udp']),
      peer: name(200),
      peerIsSelf: z.literal(true).exactOptional(),
      interfaceName: text(60).nullable(),
      latenciesMs: z.array(latencyMs.nullable()).min(1).max(100_000),
      everyMs: z.int().min(1).max(60_000).optional(),
      gaps: z.enum(['even', 'exponential']).exactOptional(),
      planned: z.int().min(1).max(100_000).exactOptional(),
      lookUpMs: latencyMs.optional(),
      certificate: name(80).exactOptional(),
      clockErrorMs: z.number().min(0).max(60_000).nullable(),
    }),
    z.strictObject({
      kind: z.literal('rate'),
      origin: origin.exactOptional(),
      way: z.enum(['up', 'down']),
      peer: name(200),
      bytes: z.int().min(0).max(1e12),
      durationMs: z.int().min(1).max(3_600_000),
      peerIsSelf: z.literal(true).exactOptional(),
      interfaceName: name(60).nullable().optional(),
      streams: z.int().min(1).max(64).optional(),
      series: name(60).exactOptional(),
      warmMs: z.int().min(0).max(60_000).exactOptional(),
      apartMs: z.int().min(0).max(86_400_000).exactOptional(),
      congestion: name(40).exactOptional(),
    }),
    z.strictObject({
      kind: z.literal('signal'),
      origin: origin.exactOptional(),
      technology: name(40),
      rsrpDbm: z.number().min(-160).max(-20).nullable(),
      sinrDb: z.number().min(-40).max(60).nullable(),
      raw: text(1_000),
    }),
    z.strictObject({
      kind: z.literal('clock'),
      origin: origin.exactOptional(),
      source: z.enum(['beidou', 'ntp']),
      server: name(200),
      constellation: text(24).nullable(),
      offsetMs: z.number().min(-1e12).max(1e12),
      errorMs: z.number().min(0).max(1e9),
      of: z.enum(['lane', 'camera', 'rsu', 'platform', 'ruler']).exactOptional(),
      device: name(40).exactOptional(),
      serverAddress: name(60).exactOptional(),
      serverIsSelf: z.literal(true).exactOptional(),
      syncedAtMs: z.int().min(0).max(253_402_300_799_999).exactOptional(),
    }),
    z.strictObject({ kind: z.literal('deviation'), item, text: name(500), area: area.nullable() }),
    z.strictObject({
      kind: z.literal('signature'),
      role: z.enum(signerRoles),
      name: name(60),
      path: penPath.nullable(),
      despite: despite.exactOptional(),
    }),
    z.strictObject({
      kind: z.literal('started'),
      runs: z
        .array(z.strictObject({ item, of: name(60).exactOptional() }))
        .min(1)
        .max(100),
    }),
    z.strictObject({
      kind: z.literal('rerun'),
      items: z.array(item).min(1).max(surveyItems.length),
      reason: name(200),
    }),
    z.strictObject({
      kind: z.literal('cover'),
      number: text(60),
      company: text(120),
      address: text(200),
      representative: text(60),
      logo: z.strictObject(picture).nullable(),
    }),
    z.strictObject({
      kind: z.literal('lotPool'),
      lots: z.array(name(80)).min(1).max(10_000),
      party: z.enum(surveyParties),
      source: name(80),
      dueAtMs: z.int().min(0).max(253_402_300_799_999),
    }),
    z.strictObject({ kind: z.literal('lotValue'), source: name(80), value: name(200) }),
    z.strictObject({
      kind: z.literal('lotDraw'),
      seed: name(300),
      drawn: z.array(name(80)).max(10_000),
    }),
    z.strictObject({ kind: z.literal('withdrawn'), recordId: name(60), reason: text(200) }),
    z.strictObject({
      kind: z.literal('merged'),
      parts: z
        .array(
          z.strictObject({
            surveyId: name(60),
            createdAtMs: z.int().min(0),
            head: digest,
            ids: z.array(name(60)).max(100_000),
          }),
        )
        .length(2),
    }),
  ])
})

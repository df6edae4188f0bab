// Who may call what, written from the documents and not from the product: ui.md section 8 (navigation by person),
// By 000 A.1.7 and A.1.8, and issue 12. A call without a row here, or a row without a call, fails.

const people = { o: 'owner', a: 'attendant', i: 'installer', s: 'support', u: 'auditor' } as const
type Person = (typeof people)[keyof typeof people]

/** The persons, and the calls. `*`: also without a sign-in. */
const rows: readonly (readonly [who: string, calls: string])[] = [
  // Signing in, and what a window requests before it.
  [
    '*oaisu',
    'command.state people.seat people.signIn people.signOut people.touch people.changeSecret',
  ],
  // By ui.md 8: every signed-in person sees the lanes and what they report, and may stop a document in progress;
  // making one needs the right of its own call.
  [
    'oaisu',
    `status.get board.get photo.get queue.status help.list inbox.get search.find hold.list safety.get booms.raised
     spaces.get spaces.list first.state centre.state list.status rules.get place.state place.quote tariff.get
     tariff.check tariff.price tariff.curve tariff.days people.confirm
     people.requests people.approve document.state document.stop`,
  ],
  // Only in a demo: its own cars.
  ['oaisu', 'demo.sendCar demo.network demo.rsuSilent demo.traffic demo.powerCut demo.state'],
  // By ui.md 8, lanes: owner, attendant and installer act there, support only reads.
  [
    'oai',
    `lane.open lane.correctPlate help.call help.take list.now list.take place.charge
     place.record place.position queue.retryNow queue.import`,
  ],
  // By issue 12 C: owner and attendant take money at a lane and at the desk.
  [
    'oa',
    `lane.settle lane.release lane.payCode coupons.use coupons.validate points.use arrears.find arrears.pay arrears.confirm
     day.count day.drawer day.float day.own day.end day.writeOff feedback.open pay.refund refunds.ask refunds.answer receipt.give
     receipt.print receipt.pdf receipt.saved receipt.end receipt.check`,
  ],
  // By ui.md 8, records: the attendant's own shift, read-only for support; what the desk needs.
  [
    'oasu',
    `partners.orders spaces.unmatched day.get ledger.query ledger.timeline explain.file pay.attempts refunds.asked inside.list
     members.list coupons.list points.list points.statement receipt.printers
     queue.list reservation.get reservation.check`,
  ],
  // By ui.md 8, records: all days and all shifts, not for the attendant.
  [
    'osu',
    `ledger.sums ledger.verify queue.held stays.toCheck arrears.list merchants.list
     exposure.get tariff.replayState receipt.day report.start report.plans
     report.state report.stop report.file`,
  ],
  // Money that the attendant may not waive or refund, and what later cars owe.
  [
    'o',
    `partners.review day.reconcile day.take stays.close charges.settle refunds.given arrears.waive
     coupons.issue coupons.compare coupons.import coupons.undo coupons.export coupons.giveBack
     coupons.void merchants.limit inside.compare inside.import inside.undo inside.recount
     members.issue members.reverse members.compare members.import members.undo points.compare
     points.import points.undo imports.last tariff.save tariff.replay tariff.replayStop`,
  ],
  // By 000 A.1.8: only owner and auditor export full plates.
  ['ou', 'explain.wholeFile ledger.sheet members.export'],
  // By 000 A.1.7: the list of people, and the hand-over document.
  ['ou', 'people.list lot.handover setup.handover'],
  // By 000 A.1.7: accounts, and settings of the whole lot.
  [
    'o',
    `people.add people.setSecret people.setRole people.lock people.unlock
     people.remove clock.confirm backup.key backup.place backup.leave updates.trustFile updates.trust
     acceptance.override papers.review papers.drill setup.begin setup.revert`,
  ],
  // Corrections to records that a platform is sent about a charge.
  ['os', 'queue.mend queue.release queue.end'],
  // By ui.md 8, commissioning: the first car, for those who may open the lane.
  ['oi', 'first.start first.stop'],
  // By ui.md 8, devices and commissioning, reading; not for the attendant.
  [
    'oisu',
    `acceptance.report acceptance.state backup.status machine.get updates.get device.wires device.frames profile.try find.state
     find.push lot.believed lot.leave survey.measuring survey.choices survey.figures
     papers.state papers.report passport.facts passport.drift passport.file passport.versions
     profiles.library profiles.sheet rehearse.get seek.state setup.get setup.preview
     setup.inForce setup.credentials setup.joining setup.onboarding setup.jointReport
     setup.compare setup.access setup.tried survey.list survey.page survey.picture
     survey.antennas survey.assist survey.report tune.get passing.get device.health preset.list
     device.settings device.diff device.backups`,
  ],
  // The bytes that an act of any of these names: a photo of an instrument, of a car at its space, a paper.
  ['oais', 'photo.hold'],
  // By ui.md 8, devices and commissioning, acting; the owner of a small lot is also its installer.
  [
    'ois',
    `lane.arm acceptance.declareObu acceptance.dropObu acceptance.run acceptance.skip acceptance.stop centre.pairAgain machine.install backup.now backup.server backup.test
     updates.look updates.prepare updates.want updates.drop updates.back
     device.saveFrames device.sendFrame device.apply device.takeBack device.backUp
     device.pinBackup profile.draft find.ports find.probe find.cancel find.connect
     find.disconnect find.autoConnect find.workbench survey.instrument.connect
     survey.instrument.burst survey.instrument.close survey.measure.start survey.measure.stop survey.csv
     papers.fill papers.attach passport.make passport.acceptVersion profiles.hold profiles.judge
     profiles.drop profiles.accept profiles.undoPlan profiles.undo queue.export
     spaces.trust rehearse.begin rehearse.end hold.take hold.keep hold.release hold.end test.begin
     test.keep test.stop seek.begin seek.cancel seek.camera setup.save setup.spaces setup.undo
     setup.discard setup.channel setup.request setup.requestAnew setup.exportRequest
     setup.import setup.apply setup.debug setup.debugStop setup.key setup.camera setup.server
     setup.try setup.tryStop booms.lower booms.seenDown support.file survey.new survey.add survey.undo survey.photo
     survey.drawing survey.cover survey.sign survey.nameplate tune.begin tune.measure
     tune.field tune.decide tune.undo passing.begin`,
  ],
]

const letters = Object.keys(people) as readonly (keyof typeof people)[]

export interface ExpectedRight {
  readonly may: readonly Person[]
  /** Also without a sign-in. */
  readonly isOpen: boolean
}

/** Rights by call name. */
export const expectedRights: ReadonlyMap<string, ExpectedRight> = new Map(
  rows.flatMap(([who, calls]) => {
    const may = letters.filter((letter) => who.includes(letter)).map((letter) => people[letter])
    const right = { may, isOpen: who.startsWith('*') }
    return calls.split(/\s+/).map((name) => [name, right] as const)
  }),
)

/** All calls, so that one listed in two rows is found. */
export const expectedCalls: readonly string[] = rows.flatMap(([, calls]) => calls.split(/\s+/))

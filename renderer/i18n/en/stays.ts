// English words of the list of stays to check.
// What a person decides there moves no money, and the words say so.
import type { stays as chinese } from '../zh/stays.ts'

export const stays: typeof chinese = {
  stays: {
    title: 'Stays to check',
    back: 'Back to the ledger',
    toCheck: '{count} to check',
    toCheckNone: 'To check',
    why: '{count} are open for more than {days} days; {inside} cars count as inside. Most were misread and left long ago.',
    empty: 'No stays to check',
    emptyWhy:
      'A misread plate leaves its entry open for ever; such entries, and exits that may belong to them, are listed here.',
    pairs: 'Possibly the same car',
    pairsWhy:
      'An exit without entry whose plate is one character off an open entry. Look at both photos, then join them.',
    refunds: 'Refunds to be made by hand',
    refundsWhy:
      'The driver paid twice, and the platform never had this charge or refused the refund; or an antenna took more than was due: people give it back. Enter it here afterwards; sum and name go into the ledger.',
    refundWhy: {
      never: 'Not at the platform',
      rejected: 'Platform refused',
      overcharged: 'The antenna took too much from the card',
    },
    giveBack: 'Given back…',
    giveBackTitle: 'Enter money given back',
    giveBackWhy:
      'Enter it when the driver has the money. It stands for good, and the platform is not asked any more.',
    giveBackDo: 'Enter {amount} as given back',
    charges: 'Card debits with an unknown result',
    chargesWhy:
      'The card was told to pay, no result came and the car is gone. Nothing is guessed and nothing charged again: enter what the clearing statement or the card says. The sum counts as exposure.',
    settle: 'Enter the result…',
    settleTitle: 'Settle a charge',
    settleAny: 'Book the result',
    settleWhy:
      'The result goes into the ledger for good. Paid: the order is paid by ETC; without a TAC it cannot be uploaded and is noted as an exception. Not paid: the order stays due.',
    settleDo: { paid: 'Book {amount} as paid', notPaid: 'Book {amount} as not paid' },
    found: {
      legend: 'What was found',
      paid: 'Paid',
      notPaid: 'Not paid',
      need: 'Choose what was found',
    },
    old: 'Open for more than {days} days',
    col: {
      entered: 'Entered',
      plate: 'Plate at entry',
      left: 'Left',
      exitPlate: 'Plate at exit',
      lane: 'Entry lane',
      paid: 'Paid',
      asked: 'Debit at',
      since: 'Due since',
      why: 'Why',
      atLane: 'Lane',
      card: 'Card',
      amount: 'Amount',
    },
    join: 'Join…',
    close: 'Close…',
    closeTitle: 'Close a stay',
    joinTitle: 'Join two records of one car',
    closeDo: 'Close the stay of {plate}',
    joinDo: 'Join {plate} with {exit}',
    closeWhy:
      'Look at the photo first and make sure that the car is not inside. The stay ends and the count inside goes down by one; no order is made, no money is taken or given back. Name and reason go into the ledger.',
  },
}

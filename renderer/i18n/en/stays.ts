// English words of the list of stays to check.
// What a person decides there moves no money, and the words say so.
import type { stays as chinese } from '../zh/stays.ts'

export const stays: typeof chinese = {
  stays: {
    title: 'Stays to check',
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
    giveBackBy: 'How it went back',
    backBy: {
      cash: 'Cash, out of the drawer (comes off its shift)',
      transfer: 'Transfer',
      issuer: 'By the issuer, to the account of the card',
    },
    giveBackDo: 'Enter {amount} as given back',
    notUploaded: 'Paid, and the platform has no record: {count}, {amount} in all',
    notUploadedWhy:
      'The card has paid, and its record was not uploaded, so clearing will not bring the money. The sum counts as exposure until an upload succeeds or a person enters here what became of it.',
    notUploadedFor: {
      noTac: 'No transaction code (TAC), so it cannot be uploaded',
      contradicted: 'Booked as refused; the antenna said afterwards that the card had paid',
      notEncoded: 'The record cannot be written as an upload',
      rejected: 'The platform refused it',
      held: 'The platform did not accept it; no more tries',
      poison: 'Its upload always fails; it was set aside',
      none: 'The reason was not recorded',
    },
    notUploadedTodo: {
      contradicted:
        'Ask the clearing side by card number, time and TAC: claim it or give it back if the card paid, write it off if not, then enter that here',
      noTac: 'Claim it from the clearing side by card number, time and sum, then enter that here',
      notEncoded: 'Give support a picture of this row; claim it or write it off as they answer',
      rejected:
        'Ask the platform about the reason it gave; enter the result when it is corrected or claimed',
      held: 'Ask the platform about this record, then enter the result',
      poison:
        'Give support a picture of this row; it can be claimed from the clearing side as well',
      none: 'Ask the clearing side by card number, time and sum',
    },
    book: 'Enter the result…',
    bookTitle: 'What became of a record that was not uploaded',
    bookDo: 'Enter {amount} as booked otherwise or written off',
    bookWhy:
      'Enter it when the clearing side has booked it, or when you write it off. It stands for good; the sum no longer counts as exposure and is not uploaded any more.',
    charges: 'Card debits with an unknown result',
    chargesWhy:
      'The card was told to pay, no result came and the car is gone. Nothing is charged again: enter what the clearing statement or the card says. The sum counts as exposure.',
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
      whyAndTodo: 'Why, and what to do',
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

// Words of refunds that one person requests and another one answers.
import { t } from '#base/pure/words/fault-text.ts'

export const refunds = {
  why: t(
    '一人申请,另一人在任何一台电脑上登录后同意或拒绝;同意后立即按原路退。没人答复的一直留在这里,重启后也在。',
    'One person requests, another one signs in on any computer and approves or declines it; once approved, the money is refunded at once by the original means. Unanswered requests stay here, even after a restart.',
  ),
  ofPass: t('月租费', 'Pass fee'),
  is: {
    waiting: t('等待答复', 'waiting for an answer'),
    agreed: t('已同意,已办理退款', 'approved, refund made'),
    declined: t('没有同意', 'declined'),
    withdrawn: t('申请人已撤回', 'withdrawn by requester'),
  },
  second: t('可以同意:{names}', 'Can approve: {names}'),
  anybody: t('由申请人以外的人答复', 'Someone other than the requester answers'),
  nobody: t(
    '现在没有别人可以同意:请业主在 经营 › 人员 添加,或撤回后当面办理',
    'No one else can approve now: ask an owner to add a person under Business › People, or withdraw it and settle it in person',
  ),
  agree: t('同意…', 'Approve…'),
  decline: t('不同意…', 'Decline…'),
  takeBack: t('撤回…', 'Withdraw…'),
  title_yes: t('同意退款', 'Approve a refund'),
  title_no: t('不同意退款', 'Decline a refund'),
  title_back: t('撤回退款申请', 'Withdraw a request'),
  do_yes: t('同意并退 {amount}', 'Approve and refund {amount}'),
  do_no: t('不同意', 'Decline'),
  do_back: t('撤回申请', 'Withdraw'),
  why_yes: t(
    '同意后立即按原路退回;现金会打开钱箱。退完以对方的查询结果为准。',
    'Once approved, it is refunded at once by the original means; for cash, the drawer opens. It is complete once the other side confirms it.',
  ),
  why_no: t(
    '钱不退。原因留在这里,申请人看得到。',
    'No money is refunded. The reason stays here for the requester to see.',
  ),
  why_back: t('钱不退,申请不再等待。', 'No money is refunded, and the request is closed.'),
  waiting: t('{count} 个退款申请等另一人答复', '{count} refund requests wait for another person'),
  toList: t('去看', 'Show'),
}

// Faults of people: signing in, secrets, rights, and acts that need a PIN or a second person.
// Rows of the table in faults.ts. These faults stop no lane.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

const lanesGoOn = t('没有执行任何操作,车道照常运行', 'Nothing was done, the lanes go on')

export const peopleFaults = {
  'PEOPLE-01': {
    what: t('姓名或密码不对', 'The person or the secret is not right'),
    means: t('没有登录,车道照常运行', 'Nobody was signed in, the lanes go on'),
    todo: t(
      '再输入一次;连续错五次会锁定五分钟',
      'Type it again; five wrong ones lock for five minutes',
    ),
  },
  'PEOPLE-02': {
    what: t('这个人因密码连续输错已锁定', 'This person is locked after wrong secrets'),
    means: t('锁定期间不能登录,车道照常运行', 'No sign-in until the lock ends, the lanes go on'),
    todo: t('等到锁定结束,或由业主解锁', 'Wait until the lock ends, or let an owner unlock it'),
  },
  'PEOPLE-03': {
    what: t('没有人登录,或登录已结束', 'Nobody is signed in, or the session has ended'),
    means: lanesGoOn,
    todo: t('请登录', 'Sign in'),
  },
  'PEOPLE-04': {
    what: t('密码不合规定', 'The secret breaks its rule'),
    means: t('没有改动任何账户', 'No account was changed'),
    todo: t(
      '六位数字,不用顺子、重复和日期;业主用八个字符以上的口令',
      'Six digits without runs, repeats and dates; an owner has a phrase of eight characters or more',
    ),
  },
  'PEOPLE-05': {
    what: t('这个操作要再输入一次密码', 'This act needs the PIN once more'),
    means: lanesGoOn,
    todo: t('输入自己的密码后再做', 'Type your PIN, then do it again'),
  },
  'PEOPLE-06': {
    what: t('这个操作要另一个人同意', 'This act needs the approval of another person'),
    means: t('申请已记下,还没有执行', 'The request is kept, nothing was done yet'),
    todo: t(
      '十分钟内请另一个人输入密码同意,然后再做',
      'Let another person approve it by PIN within ten minutes, then do it again',
    ),
  },
  'PEOPLE-07': {
    what: t('这个人不能同意这个申请', 'This person cannot approve this request'),
    means: lanesGoOn,
    todo: t(
      '由申请人以外、有同样权限的人同意;过了十分钟就重新申请',
      'Somebody else with the right for it approves; after ten minutes ask again',
    ),
  },
  'PEOPLE-08': {
    what: t(
      '最后一个业主不能移除、停用或换身份',
      'The last owner cannot be removed, locked or given another role',
    ),
    means: t('没有改动任何账户', 'No account was changed'),
    todo: t('先加上另一个业主', 'Add another owner first'),
  },
  'PEOPLE-09': {
    what: t('没有这个人,或这个姓名已用过', 'No such person, or a name that was used before'),
    means: t('没有改动任何账户', 'No account was changed'),
    todo: t(
      '用 etc-lane people list 查看;移除过的姓名不再使用',
      'See etc-lane people list; names of removed people are not used again',
    ),
  },
  'PEOPLE-10': {
    what: t('正在核对的密码太多', 'Too many secrets are being checked'),
    means: lanesGoOn,
    todo: t('几秒后再试', 'Try again in a few seconds'),
  },
  'PEOPLE-11': {
    what: t('人员文件读不懂', 'The file of people cannot be read'),
    means: t('没有人能登录,车道照常运行', 'Nobody can sign in, the lanes go on'),
    todo: t(
      '改正所示字段,或移走 people.json,用 etc-lane people add 重建',
      'Correct the field shown, or move people.json away and use etc-lane people add',
    ),
  },
  'PEOPLE-12': {
    what: t('要先换一个自己的密码', 'A secret of your own comes first'),
    means: lanesGoOn,
    todo: t('换好密码后再做', 'Change the secret, then do it again'),
  },
  'PEOPLE-13': {
    what: t('没有写原因', 'No reason was given'),
    means: t('没有改动任何账户', 'No account was changed'),
    todo: t('写明原因后再做', 'Say why, then do it again'),
  },
  'PEOPLE-14': {
    what: t('写下的名字不能代替同意人的密码', 'A typed name is not the PIN of who approves'),
    means: t('没有执行,账目不变', 'Nothing was done, the books are as before'),
    todo: t(
      '两个人到窗口各输密码;或者不写同意人,金额在单人限额以内',
      'Two people type their PINs at a window; or leave the second one out, within the amount for one person',
    ),
  },
  'PEOPLE-15': {
    what: t('这个账户已停用', 'This account is locked by an owner'),
    means: t('没有登录,车道照常运行', 'Nobody was signed in, the lanes go on'),
    todo: t('请业主解锁', 'Let an owner unlock it'),
  },
  'PEOPLE-16': {
    what: t('这条记录不属于本班', 'This record is of another shift'),
    means: t(
      '没有显示,也没有改动;车道照常运行',
      'It was not shown and nothing was done, the lanes go on',
    ),
    todo: t(
      '值班员只看本班:请业主或审计员查看和办理',
      'An attendant sees the own shift: let an owner or an auditor look, and an owner do it',
    ),
  },
  'PEOPLE-17': {
    what: t(
      '这个操作要两个人,车场里没有第二个有这个权限的人',
      'This act needs two people, and the lot has no second one with the right for it',
    ),
    means: t(
      '没有执行,不会由一个人自己批准;车道照常运行',
      'Nothing was done, nobody approves for himself, the lanes go on',
    ),
    todo: t(
      '请业主在 设置 › 人员 添加第二个人后再做;车在出口等着时,改收现金、转账或扫码,记为事后追缴,或写明原因手动开闸',
      'Let an owner add a second person under Settings, People; for a car that waits at the exit take cash, a transfer or a code, collect it later, or open by hand with the reason',
    ),
  },
} as const satisfies Record<string, FaultRow>

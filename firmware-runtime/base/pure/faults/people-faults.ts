// Faults of people (signing in, secrets, rights, acts that need a PIN or a second person), of their acts on cars, stays and
// records, and of the work beside the lanes. These faults stop no lane.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most faults of a class mean. */
const means = {
  PEOPLE: t('没有执行任何操作,车道照常运行', 'Nothing was done; the lanes keep running'),
  STAY: t('没有执行任何操作,账目照旧', 'Nothing was done; the accounts are unchanged'),
}

export const peopleFaults = faultRows(means, {
  'PEOPLE-01': {
    what: t('姓名或密码不对', 'The name or the password is wrong'),
    means: t('没有登录,车道照常运行', 'You are not signed in; the lanes keep running'),
    todo: t(
      '再输入一次;连续错五次会锁定五分钟',
      'Enter it again; after five wrong tries in a row the account is locked for five minutes',
    ),
  },
  'PEOPLE-02': {
    what: t('这个人因密码连续输错已锁定', 'This person is locked after several wrong passwords'),
    means: t(
      '锁定期间不能登录,车道照常运行',
      'This person cannot sign in until the lock ends; the lanes keep running',
    ),
    todo: t('等到锁定结束,或由业主解锁', 'Wait until the lock ends, or ask an owner to unlock it'),
  },
  'PEOPLE-03': {
    what: t('还没有登录,或登录已结束', 'You are not signed in, or the session has ended'),
    todo: t('请登录', 'Sign in'),
  },
  'PEOPLE-04': {
    what: t('密码不合规定', 'The password breaks a rule'),
    means: t('没有改动任何账户', 'No account was changed'),
    todo: t(
      '六位数字,不用顺子、重复和日期;业主用八个字符以上的口令',
      'Use six digits without sequences, repeats or dates; an owner needs a phrase of eight characters or more',
    ),
  },
  'PEOPLE-05': {
    what: t('这个操作要再输入一次密码', 'This action needs your PIN once more'),
    todo: t('输入自己的密码后再做', 'Enter your PIN, then do it again'),
  },
  'PEOPLE-06': {
    what: t('这个操作要另一个人同意', 'This action needs the approval of another person'),
    means: t('申请已记下,还没有执行', 'The request is recorded, but nothing was done yet'),
    todo: t(
      '十分钟内请另一个人输入密码同意,然后再做',
      'Ask another person to approve it with a PIN within ten minutes, then do it again',
    ),
  },
  'PEOPLE-07': {
    what: t('这个人不能同意这个申请', 'This person cannot approve this request'),
    todo: t(
      '由申请人以外、有同样权限的人同意;过了十分钟就重新申请',
      'Somebody other than the applicant, with the same right, must approve; after ten minutes make a new request',
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
    what: t('没有这个人,或这个姓名已用过', 'There is no such person, or this name was used before'),
    means: t('没有改动任何账户', 'No account was changed'),
    todo: t(
      '在“人员”里查看;移除过的姓名不再使用',
      'Look them up in People; names of removed people cannot be used again',
    ),
    command: 'people list',
  },
  'PEOPLE-10': {
    what: t('正在核对的密码太多', 'Too many passwords are being checked'),
    todo: t('几秒后再试', 'Try again in a few seconds'),
  },
  'PEOPLE-11': {
    what: t('人员文件读不懂', 'The people file cannot be read'),
    means: t('现在不能登录,车道照常运行', 'Signing in is not possible now; the lanes keep running'),
    todo: t(
      '改正所示字段;或移走 people.json,再在“人员”里重新添加',
      'Correct the field shown; or move people.json away and add the people again in People',
    ),
    command: 'people add',
  },
  'PEOPLE-12': {
    what: t('要先换一个自己的密码', 'You must set your own password first'),
    todo: t('换好密码后再做', 'Change the password, then do it again'),
  },
  'PEOPLE-13': {
    what: t('没有写原因', 'No reason was given'),
    means: t('没有改动任何账户', 'No account was changed'),
    todo: t('写明原因后再做', 'Write down the reason, then do it again'),
  },
  'PEOPLE-14': {
    what: t(
      '写下的名字不能代替同意人的密码',
      'A typed name does not replace the PIN of the person who approves',
    ),
    means: t('没有执行,账目不变', 'Nothing was done; the accounts are unchanged'),
    todo: t(
      '两个人到窗口各输密码;或者不写同意人,金额在单人限额以内',
      'Two people enter their PINs in the window; or leave out the second person, if the amount is within the limit for one person',
    ),
  },
  'PEOPLE-15': {
    what: t('这个账户已停用', 'This account is suspended'),
    means: t('没有登录,车道照常运行', 'You are not signed in; the lanes keep running'),
    todo: t('请业主解锁', 'Ask an owner to unlock it'),
  },
  'PEOPLE-16': {
    what: t('这条记录不属于本班', 'This record does not belong to your shift'),
    means: t(
      '没有显示,也没有改动;车道照常运行',
      'It was not shown and nothing was changed; the lanes keep running',
    ),
    todo: t(
      '值班员只看本班:请业主或审计员查看和办理',
      'An attendant sees only the own shift: ask an owner or an auditor to look at it, or an owner to do it',
    ),
  },
  'PEOPLE-17': {
    what: t(
      '这个操作要两个人,车场里没有第二个有这个权限的人',
      'This action needs two people, and the lot has no second person with the right for it',
    ),
    means: t(
      '没有执行,不会由一个人自己批准;车道照常运行',
      'Nothing was done: your own request needs the approval of another person; the lanes keep running',
    ),
    todo: t(
      '请业主在 经营 › 人员 添加第二个人后再做;车在出口等着时,改收现金、转账或扫码,记为事后追缴,或写明原因手动开闸',
      'Ask an owner to add a second person under Business, People; if a car waits at the exit, take cash, a transfer or a code payment, record it for later collection, or open by hand and give the reason',
    ),
  },
  'ACT-01': {
    what: t(
      '这个 commandId 属于先前另一个操作',
      'This commandId belongs to a different earlier command',
    ),
    means: t(
      '这次没有执行;先前那个操作照旧有效',
      'Nothing was done this time; the earlier command remains in effect',
    ),
    todo: t(
      '先看先前那个操作做了什么;还要做这个,就用新的 commandId(在窗口里:关掉表单再打开)',
      'See what the earlier command did; if you still want this one, give it a new commandId (in the window: close the form and open it again)',
    ),
  },
  'ACT-02': {
    what: t(
      '没有得到回答;查过了,这一次没有办成',
      'No answer came; it was checked, and this attempt was not carried out',
    ),
    means: t('钱没有动,闸也没有动', 'No money and no barrier was moved'),
    todo: t('再试一次', 'Try again'),
  },
  'STAY-01': {
    what: t('这条停车记录现在不能由人工结束', 'This stay cannot be closed by hand now'),
    means: t('没有执行任何操作,记录照旧', 'Nothing was done; the stay is unchanged'),
    todo: t('在“待核对”里查看还要核对的记录', 'See the stays that need checking in To check'),
    command: 'stays list',
  },
  'STAY-02': {
    what: t(
      '没有这样一笔结果不明、且车辆已离开的扣费',
      'No charge with this number has an unknown result and a car that has left',
    ),
    todo: t(
      '在“待核对”里查看待核实的扣费;车还在车道时由车道自己核实',
      'See the open charges in To check; while the car is in the lane, the lane settles the charge itself',
    ),
    command: 'stays list',
  },
  'STAY-03': {
    what: t(
      '没有这样一笔需人工退还的款项',
      'There is no refund with this number to be given back by hand',
    ),
    todo: t(
      '在“待核对”里查看需人工退还的款项',
      'See the refunds to be given back by hand in To check',
    ),
    command: 'stays list',
  },
  'TASK-01': {
    what: t('一项后台任务没有做完', 'A task in the background was not finished'),
    means: t(
      '车道照常运行;这项任务按自己的间隔再做',
      'The lanes keep running; the task is done again at its own interval',
    ),
    todo: t(
      '按所示原因处理;提示一直不消失时,把所示内容交给技术支持',
      'Deal with the cause shown; if this message stays, give the text shown to support',
    ),
  },
  'TASK-02': {
    what: t('程序内部有一项工作意外出错', 'Work inside the program failed unexpectedly'),
    means: t(
      '车道照常运行;这项工作没有做完,也不会自动再做',
      'The lanes keep running; that work was not finished and is not done again by itself',
    ),
    todo: t(
      '把所示内容交给技术支持;下次启动后提示消失',
      'Give the text shown to support; the message is gone after the next start',
    ),
  },
})

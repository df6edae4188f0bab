// Words of signing in, and of a person's own password.
import { t } from '#base/pure/words/fault-text.ts'

export const signIn = {
  title: t('登录', 'Sign in'),
  name: t('姓名', 'Name'),
  secret: t('密码', 'Password'),
  first: t(
    '第一次登录:姓名和一次性密码在启动运营中心时显示。',
    'First sign-in: the name and the one-time password are shown when the centre starts.',
  ),
  does: t('登录', 'Sign in'),
  checking: t('正在核对密码', 'Checking the password'),
  changeTitle: t('换密码', 'Change password'),
  oneTime: t(
    '这是一次性密码。换成只有自己知道的密码后继续。',
    'This is a one-time password. Set one that only you know, then continue.',
  ),
  others: t(
    '换好后,这个账户在别处的登录都会结束。',
    'Afterwards, all other sessions of this account end.',
  ),
  now: t('现在的密码', 'Present password'),
  wanted: t('新密码', 'New password'),
  again: t('再输一次', 'Again'),
  rule: t('10 到 64 个字符,不含姓名', '10 to 64 characters, without the name'),
  short: t('还差 {count} 个字符', '{count} more characters'),
  differ: t('两次输入不一样', 'The two entries differ'),
  change: t('换密码', 'Change password'),
}

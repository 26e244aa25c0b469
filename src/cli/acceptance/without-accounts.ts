/** Ids of accounts (12 digits in AWS, 16 in Alibaba Cloud) and of projects (32 hexadecimal digits). */
const ACCOUNT = /(?<![0-9A-Za-z-])(?:\d{12}|\d{16}|[0-9a-f]{32})(?![0-9A-Za-z])/g
/** Up to the path: the host may be a private cloud's. */
const ORIGIN = /\bhttps?:\/\/[^\s/"'<>]+/g
const MASK = '[account]'

/** A text that may be sent to others: without ids of accounts and projects, and without addresses. */
export function withoutAccounts(text: string): string {
  return text.replaceAll(ORIGIN, 'https://[host]').replaceAll(ACCOUNT, MASK)
}

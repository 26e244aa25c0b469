/** https://docs.openstack.org/heat/latest/template_guide/hot_spec.html#heat-template-version */
export const HEAT_TEMPLATE_VERSIONS = [
  ...['2013-05-23', '2014-10-16', '2015-04-30', '2015-10-15', '2016-04-08', '2016-10-14', '2017-02-24'],
  ...['2017-09-01', '2018-03-02', '2018-08-31', '2021-04-16'],
  ...['newton', 'ocata', 'pike', 'queens', 'rocky', 'wallaby'],
]

const NEWEST = '2021-04-16'

/** A version that a newer Heat may have. */
export function mayBeNewer(version: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(version) ? version > NEWEST : /^[x-z]|^[a-z]+[0-9.]+$/.test(version)
}

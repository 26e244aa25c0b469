/** `url` without the slashes at its end. Takes linear time, which a regular expression would not. */
export function withoutTrailingSlashes(url: string): string {
  let end = url.length
  while (url[end - 1] === '/') end -= 1
  return url.slice(0, end)
}

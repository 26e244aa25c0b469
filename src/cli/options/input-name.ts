/** What a message calls the file that a path of the command line names. */
export function inputName(path: string): string {
  return path === '-' ? 'standard input' : path
}

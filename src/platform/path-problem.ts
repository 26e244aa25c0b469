const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EEXIST: 'it is a file',
  EISDIR: 'it is a folder',
  ENOENT: 'its folder does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
}

/** Why the file system does not let a path be used, where it should be written or be a folder. */
export function pathProblem(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  return ('code' in error ? PROBLEMS[String(error.code)] : undefined) ?? error.message
}

import { createHash } from 'node:crypto'

export interface BuiltFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What GitHub says of the run that builds. */
export interface Run {
  readonly repository: string
  readonly workflow: string
  readonly ref: string
  readonly commit: string
  readonly invocation: string
}

/**
 * From what the files were built: an in-toto statement with a SLSA provenance. It is not signed; npm's own provenance of the
 * package is. https://slsa.dev/spec/v1.0/provenance
 */
export function provenance(files: readonly BuiltFile[], run: Run): unknown {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: files.map(({ name, bytes }) => ({ name, digest: { sha256: sha256(bytes) } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        externalParameters: {
          workflow: { ref: run.ref, repository: run.repository, path: run.workflow },
        },
        resolvedDependencies: [
          { uri: `git+${run.repository}@${run.ref}`, digest: { gitCommit: run.commit } },
        ],
      },
      runDetails: {
        builder: { id: 'https://github.com/actions/runner/github-hosted' },
        metadata: { invocationId: run.invocation },
      },
    },
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

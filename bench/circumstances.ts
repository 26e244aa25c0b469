import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import type { QuotedFigures } from './report/quoted-figures.ts'

/** The circumstances that other pages quote. */
export function runOf(): QuotedFigures['run'] {
  const [cpu] = cpus()
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: cpus().length,
    processor: cpu?.model.trim() ?? 'unknown',
    node: process.versions.node,
  }
}

/** The date of a run and the class of the machine, without its name. */
export function circumstances(tookMs: number): readonly string[] {
  const { date, cores, processor, node } = runOf()
  const [load = 0] = loadavg()
  return [
    `Date: ${date}; the run took ${(tookMs / 60_000).toFixed(1)} minutes; load average at its end ${load.toFixed(1)}`,
    `Machine: ${String(cores)} cores (${processor}), ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${process.platform} ${process.arch}`,
    `Node ${node}; ${pythonVersions()}`,
    'Times are medians of repeated runs; quartiles are in brackets. Clouds, ROS and Function Compute are the embedded ones, on loopback',
  ]
}

function pythonVersions(): string {
  try {
    const script = 'import sys, boto3; print(f"Python {sys.version.split()[0]}, boto3 {boto3.__version__}")'
    return execFileSync('/usr/bin/python3', ['-c', script], { encoding: 'utf8' }).trim()
  } catch {
    return "no Python with boto3 (Debian's python3-boto3)"
  }
}

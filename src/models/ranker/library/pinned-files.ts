/** A wheel of the Python package index: its bytes are known. */
export interface PinnedWheel {
  readonly project: string;
  readonly version: string;
  readonly file: string;
  readonly sha256: string;
  /** What pip needs to choose this file among those of the version. */
  readonly pipOptions: readonly string[];
}

/** A native library inside a wheel. */
export interface PinnedFile {
  readonly name: string;
  /** Of the file as it is kept. */
  readonly sha256: string;
  readonly wheel: PinnedWheel;
  /** Its path in the wheel, which is its path below `site-packages` as well. */
  readonly member: string;
  /** A name inside the library that is shortened in place. */
  readonly rename?: { readonly from: string; readonly to: string };
}

/** What LightGBM needs on a platform. */
export interface PinnedLibraries {
  readonly lightgbm: PinnedFile;
  /** OpenMP for machines that have none; `null` where no copy is known. */
  readonly openmp: PinnedFile | null;
}

export const LIGHTGBM_VERSION = '4.7.0';

function lightgbm(tags: string, hashes: { readonly wheel: string; readonly library: string }, member: string): PinnedFile {
  const wheel: PinnedWheel = {
    project: 'lightgbm',
    version: LIGHTGBM_VERSION,
    file: `lightgbm-${LIGHTGBM_VERSION}-py3-none-${tags}.whl`,
    sha256: hashes.wheel,
    pipOptions: ['--platform', tags.split('.')[0]],
  };
  return { name: member.split('/').at(-1)!, sha256: hashes.library, wheel, member };
}

/**
 * GCC's OpenMP out of a small wheel that bundles it under a name of its own. With that shortened to the usual name, a copy
 * loaded first is what LightGBM is bound to: no administrator, no search path is needed.
 */
function openmp(tags: string, hashes: { readonly wheel: string; readonly library: string }, soname: string): PinnedFile {
  const wheel: PinnedWheel = {
    project: 'pykdtree',
    version: '1.4.3',
    file: `pykdtree-1.4.3-cp39-cp39-${tags}.whl`,
    sha256: hashes.wheel,
    pipOptions: ['--python-version', '39', '--implementation', 'cp', '--abi', 'cp39', '--platform', tags.split('.').at(-1)!],
  };
  return { name: 'libgomp.so.1', sha256: hashes.library, wheel, member: `pykdtree.libs/${soname}`, rename: { from: soname, to: 'libgomp.so.1' } };
}

/** By platform and architecture as Node names them. */
export const PINNED_LIBRARIES: Readonly<Record<string, PinnedLibraries>> = {
  'linux-x64': {
    lightgbm: lightgbm(
      'manylinux_2_27_x86_64.manylinux_2_28_x86_64',
      { wheel: 'd23e922acd891e77212e4d0fbcee9ba973c96dee479491341d05ba595357ebb7', library: '573d57e8a2c6290c2271b99b87afa7a802e796eafc9e8d66aefa0913cbc1616a' },
      'lightgbm/lib/lib_lightgbm.so',
    ),
    openmp: openmp(
      'manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64',
      { wheel: '41195d5b9fe1800ad10b96c0a01ea6e5f2ff8938656b707deeef0cfbd4a23734', library: '3cf5974b13a544a1955e992bb39c6354df3f3aff2ab72c8b3502366d6a1bf407' },
      'libgomp-870cb1d0.so.1.0.0',
    ),
  },
  'linux-arm64': {
    lightgbm: lightgbm(
      'manylinux2014_aarch64.manylinux_2_17_aarch64',
      { wheel: 'd4529acec5c6fefe4768302a529707d0ead90f6a6f42df694b856212e09695b8', library: '05ec49bad350009b9debd36769ef1cced2132cd93abfe3fe0b8aa116c4388052' },
      'lightgbm/lib/lib_lightgbm.so',
    ),
    openmp: openmp(
      'manylinux2014_aarch64.manylinux_2_17_aarch64.manylinux_2_28_aarch64',
      { wheel: 'c4bc0c2a561a12f441ae7ee91feb55951cec9fe7ee8c3bc1132f0c9c899b4bf7', library: '22419d9e167deafbad0f86f0a307ac7c8363d24c5c302d2bea6d6257537e3c9f' },
      'libgomp-947d5fa1.so.1.0.0',
    ),
  },
  'darwin-x64': {
    lightgbm: lightgbm(
      'macosx_10_15_x86_64',
      { wheel: 'dfc1cfe8e760387be1e7ba7a214688be21fdff96e4ed9749188f83e1877c2477', library: 'a1ed021c00bffbc3fdf8e18944a9ae89b26bf299d81976a35680fec3e1bb7ac5' },
      'lightgbm/lib/lib_lightgbm.dylib',
    ),
    openmp: null,
  },
  'darwin-arm64': {
    lightgbm: lightgbm(
      'macosx_12_0_arm64',
      { wheel: '129535462686f274df179133643118c5c5c5667167fe6c3a28d955f0b3c8e868', library: 'bc392db609d97730a9ed2acec7a56529b356c03dfad39bebf689523fed7dff18' },
      'lightgbm/lib/lib_lightgbm.dylib',
    ),
    openmp: null,
  },
  'win32-x64': {
    lightgbm: lightgbm(
      'win_amd64',
      { wheel: 'f42d1e5b32b6f170e606d7c689c6165671da98d7bf37f1addec2623efc8740c9', library: '7e366d2e49cd061aac3ab21676b2f99b0c7a758dc3e888d4b23812af1b7d301c' },
      'lightgbm/bin/lib_lightgbm.dll',
    ),
    openmp: null,
  },
};

/**
 * Networks up to this size are prepared for speed: weights are copied into the layouts that the kernels like best (blocks of
 * channels for convolutions, panels for matrix products). Larger ones stay where the file is mapped, unless `copyWeights`
 * says otherwise: a Stable Diffusion U-Net (3.4 GB) then takes next to no memory of its own and is shared by all sessions. At
 * 256 px it takes 22 % less processor time copied (docs/benchmarks/engine.md).
 */
export const copyLimitBytes = 512 * 1024 * 1024;

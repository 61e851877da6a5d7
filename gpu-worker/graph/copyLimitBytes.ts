/**
 * Networks up to this size are prepared for speed: weights are copied into the layouts that the kernels like best (blocks of
 * channels for convolutions, panels for matrix products). Larger ones stay where the file is mapped, unless `copyWeights`
 * says otherwise: a Stable Diffusion U-Net (3.4 GB) then takes next to no memory of its own and is shared by all sessions. Copied,
 * it takes about a fifth less processor time at 256 px (`emend bench engine --case sd15`).
 */
export const copyLimitBytes = 512 * 1024 * 1024;

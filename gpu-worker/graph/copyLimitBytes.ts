/**
 * Networks up to this size are prepared for speed: weights are copied into the layouts that the kernels like best (blocks of
 * channels for convolutions, panels for matrix products). Larger ones stay where their files are mapped, shared by all sessions,
 * convolutions in files of their own (convolutions/packConvolutions.ts); `copyWeights` copies the matrices nevertheless,
 * which takes 5 % off an evaluation of a Stable Diffusion U-Net at 256 px and 1.3 GB (`emend bench engine --case sd15`).
 */
export const copyLimitBytes = 512 * 1024 * 1024;

import sharp from "sharp";

/*
 * libvips reads some forty formats, several of them through loaders with a history of exploits. Only the three that we
 * document stay: everything else is "unsupported image format" before a byte of it is parsed. The setting holds for the
 * whole process; import sharp from here, so that nothing decodes before it is made.
 */
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer"],
});

// The operation cache keeps decoded pictures of strangers in memory, and one picture never comes twice.
sharp.cache(false);

export { sharp };

/** Folder of the origin private file system in which full packs wait for the drive, sealed. */
export const packFilesFolder = 'camphor-packs';

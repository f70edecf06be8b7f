/**
 * The pictures of the documents, in one look: a white card, a thin grid, labels at what they name,
 * the operator in colour and all others in grey.
 */
package io.cloudelements.connectwise.picture;

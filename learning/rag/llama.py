"""The engine as a llama-index retriever, for pipelines and evaluators of that library.

llama-index is imported when a retriever is made, never with the site.
"""

from typing import TYPE_CHECKING

from learning.rag.index import LexicalIndex
from learning.rag.retrieve import Hit, Reread, retrieve

if TYPE_CHECKING:
    from llama_index.core.retrievers import BaseRetriever
    from llama_index.core.schema import NodeWithScore


def notebook_retriever(index: LexicalIndex, *, reread: Reread, top_k: int = 10) -> "BaseRetriever":
    """A retriever over one notebook; its nodes carry the passage's exact range in the source's text."""
    from llama_index.core.retrievers import BaseRetriever
    from llama_index.core.schema import QueryBundle

    class NotebookRetriever(BaseRetriever):
        def _retrieve(self, query_bundle: QueryBundle) -> "list[NodeWithScore]":
            return [node(hit) for hit in retrieve(index, query_bundle.query_str, top_k=top_k, reread=reread)]

    return NotebookRetriever()


def node(hit: Hit) -> "NodeWithScore":
    from llama_index.core.schema import NodeWithScore, TextNode

    passage = hit.passage
    metadata = {
        "source": passage.source_id,
        "title": passage.title,
        "page": passage.page,
        "language": passage.language,
    }
    return NodeWithScore(
        node=TextNode(
            id_=str(passage.id),
            text=passage.text,
            start_char_idx=passage.start,
            end_char_idx=passage.end,
            metadata=metadata,
            # Metadata is for the caller; it must neither shape an embedding nor reach a prompt.
            excluded_embed_metadata_keys=list(metadata),
            excluded_llm_metadata_keys=list(metadata),
        ),
        score=hit.score,
    )

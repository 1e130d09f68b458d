"""No upload fills the disk, whether or not a proxy stands before the site."""

from django.core.files.uploadhandler import FileUploadHandler

LARGEST_FILE = 26 * 1024 * 1024  # more than any form takes, so that the form can say that it is too much
LARGEST_REQUEST = 110 * 1024 * 1024  # all files of one request together


class BoundedUploadHandler(FileUploadHandler):
    """Stands first: what exceeds the bound is read from the network but kept nowhere.

    The form then sees a file just above the bound, and its own check of the size refuses it with a message.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.kept = 0

    def receive_data_chunk(self, raw_data, start):
        if start > LARGEST_FILE or self.kept > LARGEST_REQUEST:
            return None
        self.kept += len(raw_data)
        return raw_data

    def file_complete(self, file_size):
        return None  # the next handler has the file

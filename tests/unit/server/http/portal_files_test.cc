#include "server/http/portal_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/file.h"

namespace kbsearch::server {
namespace {

TEST(PortalFilesTest, ServesWhatTheFolderHolds) {
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) / "kbsearch-portal-test";
  std::filesystem::create_directories(folder / "icons");
  for (const auto& [name, content] :
       {std::pair<const char*, const char*>{"index.html", "<p>αβγ"},
        {"a.js", "1"},
        {"b.css", "2"},
        {"icons/c.svg", "3"},
        {"notes.txt", "private"}}) {
    ASSERT_TRUE(WriteFileAtomically((folder / name).string(), content).ok());
  }
  const auto files = PortalFiles::Load(folder.string());
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(files.ok()) << files.status();
  const PortalFile* index = files->Find("/");
  ASSERT_NE(index, nullptr);
  EXPECT_EQ(index, files->Find("/index.html"));
  EXPECT_EQ(*index->content, "<p>αβγ");
  EXPECT_EQ(index->content_type, "text/html; charset=utf-8");
  ASSERT_NE(files->Find("/a.js"), nullptr);
  EXPECT_EQ(files->Find("/a.js")->content_type,
            "text/javascript; charset=utf-8");
  EXPECT_NE(files->Find("/a.js")->etag, index->etag);
  EXPECT_NE(files->Find("/icons/c.svg"), nullptr);
  EXPECT_EQ(files->Find("/index"), index);
  for (const char* path : {"/notes.txt", "/../etc/passwd", "a.js", "", "//",
                           "/icons", "/icons/../a.js"}) {
    EXPECT_EQ(files->Find(path), nullptr) << path;
  }
}

TEST(PortalFilesTest, AMissingFolderIsNamed) {
  const auto files = PortalFiles::Load("/nonexistent/portal");
  ASSERT_TRUE(absl::IsNotFound(files.status()));
  EXPECT_NE(std::string(files.status().message()).find("/nonexistent/portal"),
            std::string::npos);
}

TEST(PortalFilesTest, ThePortalOfTheBuildTreeIsComplete) {
  const auto files = PortalFiles::Load("");
  ASSERT_TRUE(files.ok()) << files.status();
  for (const char* path : {"/", "/ticket", "/agent", "/operator", "/portal.css",
                           "/portal.js", "/widget.js"}) {
    ASSERT_NE(files->Find(path), nullptr) << path;
    EXPECT_FALSE(files->Find(path)->content->empty()) << path;
  }
}

}  // namespace
}  // namespace kbsearch::server

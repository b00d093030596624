// The rules tested themselves: a small tree on disk, one thing wrong with it, and what is said.

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/tidy/rules.h"

namespace mailtrail::tidy {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr std::string_view kPage = R"(# Architecture

| module | owns | may use |
|---|---|---|
| every module | | C library, Abseil, `storage/base` |
| `storage/base` | the ground | |
| `storage/kv` | ordered bytes | |
| `storage/kv/rocks` | them on RocksDB | kv, RocksDB |
| `storage/mail` | what is known about mail | storage/v1 |
| `proto/mailtrail/storage/v1` | the disk | protobuf |
| `proto/mailtrail/v1` | the API | protobuf |
| `server/config` | configuration | `options.h` |
| `server/app` | wiring | all |

| library | headers | targets |
|---|---|---|
| Abseil | `absl/` | `absl::` |
| C library | `unistd.h`, `sys/` | `Threads::` |
| RocksDB | `rocksdb/` | `RocksDB::` |
| protobuf | `google/protobuf/` | `protobuf::` |
| gRPC | `grpcpp/` | `gRPC::` |
)";

// A tree that breaks no rule, in a folder of its own that goes with the test.
class Rules : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(::testing::TempDir()) /
            ::testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(root_);
    Write("ARCHITECTURE.md", kPage);
    Write("storage/kv/store.h", "#pragma once\n#include <string>\n#include \"absl/status.h\"\n");
    Write("storage/kv/store.cc", "#include \"storage/kv/store.h\"\n");
    Write("storage/kv/README.md", "Ordered bytes.\n");
    Write("storage/kv/CMakeLists.txt",
          "mailtrail_library(kv SOURCES store.cc PUBLIC absl::status)\n");
  }
  void TearDown() override { fs::remove_all(root_); }

  void Write(std::string_view path, std::string_view text) const {
    const fs::path full = root_ / path;
    fs::create_directories(full.parent_path());
    std::ofstream(full) << text;
  }

  // What all rules say about the tree.
  std::string Said() const {
    const SourceTree tree = ReadSourceTree(root_);
    Findings findings;
    const auto architecture = Architecture::Read(tree.at(std::string(kArchitecturePage)), findings);
    CheckIncludes(tree, architecture, findings);
    CheckTargets(tree, architecture, findings);
    CheckFolders(tree, architecture, findings);
    CheckShape(tree, findings);
    CheckWords(tree, findings);
    CheckPage(tree, root_, findings);
    return findings.Text();
  }

  void WriteKv(std::string_view text) const { Write("storage/kv/store.cc", text); }
  void WritePage(std::string_view more) const {
    Write("ARCHITECTURE.md", std::string(kPage) + std::string(more));
  }
  void AddModuleRow(std::string_view row) const {
    std::string page(kPage);
    page.insert(page.find("| `server/app`"), std::string(row) + "\n");
    Write("ARCHITECTURE.md", page);
  }

 private:
  fs::path root_;
};

TEST_F(Rules, SayNothingAboutACleanTree) { EXPECT_EQ(Said(), ""); }

TEST_F(Rules, AWrongModuleFailsWithFileAndLine) {
  WriteKv("#include <map>\n\n#include \"storage/mail/fold.h\"\n");
  EXPECT_EQ(Said(),
            "storage/kv/store.cc:3: includes storage/mail/fold.h: storage/kv may not use "
            "storage/mail\n");
}

TEST_F(Rules, ArrowsAreNotTransitiveAndNotReversed) {
  WriteKv("#include \"storage/kv/rocks/store.h\"\n");
  EXPECT_THAT(Said(), HasSubstr("storage/kv may not use storage/kv/rocks"));
}

TEST_F(Rules, AWrongLibraryFailsWithFileAndLine) {
  WriteKv("#include <rocksdb/db.h>\n#include \"absl/time/time.h\"\n#include <sys/stat.h>\n");
  EXPECT_EQ(Said(),
            "storage/kv/store.cc:1: includes rocksdb/db.h: storage/kv may not use RocksDB\n");
}

TEST_F(Rules, AnUnknownHeaderFails) {
  WriteKv("#include <leveldb/db.h>\n#include \"store.h\"\n");
  EXPECT_EQ(Said(),
            "storage/kv/store.cc:1: includes leveldb/db.h: no module or library of "
            "ARCHITECTURE.md has this header\n"
            "storage/kv/store.cc:2: includes store.h: no module or library of ARCHITECTURE.md has "
            "this header\n");
}

TEST_F(Rules, AnUnknownFolderFails) {
  Write("storage/kv/extra/a.h", "#pragma once\n");
  Write("storage/kv/extra/README.md", "Extra.\n");
  EXPECT_EQ(Said(),
            "storage/kv/extra/a.h:1: no row of ARCHITECTURE.md's modules names the folder "
            "storage/kv/extra\n");
}

TEST_F(Rules, AProtoOfAnotherLayerFails) {
  WriteKv("#include \"mailtrail/v1/event.pb.h\"\n");
  EXPECT_THAT(Said(), HasSubstr("storage/kv may not use proto/mailtrail/v1"));
}

TEST_F(Rules, AProtoImportsOnlyWhatItsRowNames) {
  Write("proto/CMakeLists.txt", "mailtrail_proto(api_proto PROTOS mailtrail/v1/event.proto)\n");
  Write("proto/mailtrail/v1/event.proto",
        "import \"google/protobuf/timestamp.proto\";\n"
        "import \"mailtrail/storage/v1/event.proto\";\n");
  EXPECT_EQ(Said(),
            "proto/mailtrail/v1/event.proto:2: includes mailtrail/storage/v1/event.proto: "
            "proto/mailtrail/v1 may not use proto/mailtrail/storage/v1\n");
}

TEST_F(Rules, AGeneratedServiceNeedsGrpc) {
  WriteKv("#include \"mailtrail/v1/event_service.grpc.pb.h\"\n");
  EXPECT_THAT(Said(), HasSubstr("storage/kv may not use gRPC"));
}

TEST_F(Rules, AFileNameOpensThatFileOfEveryModule) {
  Write("server/config/README.md", "Configuration.\n");
  Write("server/config/CMakeLists.txt", "mailtrail_library(config SOURCES config.cc)\n");
  Write("server/config/config.cc",
        "#include \"storage/kv/options.h\"\n#include \"storage/kv/store.h\"\n");
  EXPECT_EQ(Said(),
            "server/config/config.cc:2: includes storage/kv/store.h: server/config may not use "
            "storage/kv\n");
}

TEST_F(Rules, TheProductDoesNotIncludeTheTests) {
  WriteKv("#include \"tests/support/temp_dir.h\"\n");
  EXPECT_THAT(Said(), HasSubstr("the product does not include the tests"));
}

TEST_F(Rules, AWrongTargetFailsWithFileAndLine) {
  Write("storage/kv/CMakeLists.txt",
        "mailtrail_library(kv SOURCES store.cc\n  PUBLIC absl::status  # RocksDB::rocksdb\n"
        "  PRIVATE RocksDB::rocksdb mailtrail::mail mailtrail::nothing)\n");
  Write("storage/mail/CMakeLists.txt", "mailtrail_library(mail SOURCES)\n");
  EXPECT_EQ(Said(),
            "storage/kv/CMakeLists.txt:3: links RocksDB::rocksdb: storage/kv may not use RocksDB\n"
            "storage/kv/CMakeLists.txt:3: links mailtrail::mail: storage/kv may not use "
            "storage/mail\n"
            "storage/kv/CMakeLists.txt:3: links mailtrail::nothing: no CMakeLists.txt declares "
            "it\n");
}

TEST_F(Rules, ACircleInThePageFails) {
  AddModuleRow("| `storage/log` | order | index |\n| `storage/index` | derived | log |");
  EXPECT_THAT(Said(), HasSubstr("the modules go in a circle: storage/index -> storage/log -> "
                                "storage/index"));
}

TEST_F(Rules, ANameThatMeansNothingOrTwoThingsFails) {
  AddModuleRow("| `ingest/kv` | another | lodsb |\n| `ingest/ses` | SES | kv |");
  EXPECT_THAT(Said(), HasSubstr("'lodsb' names no module or library, or more than one"));
  EXPECT_THAT(Said(), HasSubstr("'kv' names no module or library, or more than one"));
}

TEST_F(Rules, AModuleWithoutReadmeFails) {
  Write("storage/mail/fold.h", "#pragma once\n");
  EXPECT_THAT(Said(), HasSubstr("storage/mail/README.md:1: is missing"));
}

TEST_F(Rules, ALongReadmeFails) {
  std::string text;
  for (std::size_t i = 0; i <= kReadmeLinesMax; ++i) text += "Line.\n";
  Write("storage/kv/README.md", text);
  EXPECT_THAT(Said(), HasSubstr("storage/kv/README.md:61: is longer than one screen"));
}

TEST_F(Rules, ASourceThatIsNotBuiltFails) {
  Write("storage/kv/ore.cc", "");
  EXPECT_EQ(Said(), "storage/kv/ore.cc:1: no CMakeLists.txt names this file, so it is dead\n");
}

TEST_F(Rules, LongFilesAndLinesFail) {
  std::string text;
  for (std::size_t i = 0; i <= kFileLinesMax; ++i) text += "\n";
  WriteKv(text + "// " + std::string(98, 'x') + "\n");
  EXPECT_EQ(Said(),
            "storage/kv/store.cc:402: is longer than 100 columns\n"
            "storage/kv/store.cc:402: is longer than 400 lines: one concept per file\n");
}

TEST_F(Rules, ColumnsAreCharactersAndNotBytes) {
  std::string line = "// ";
  while (line.size() < 3 + 2 * 97) line += "é";
  WriteKv(line + "\n");
  EXPECT_EQ(Said(), "");
}

TEST_F(Rules, AHeaderWithoutPragmaOnceFails) {
  Write("storage/kv/store.h", "#ifndef STORE_H\n");
  EXPECT_EQ(Said(), "storage/kv/store.h:1: has no #pragma once\n");
}

TEST_F(Rules, UnfinishedWorkFails) {
  WriteKv("int Size();  // TODO: count\n");
  EXPECT_THAT(Said(), HasSubstr("storage/kv/store.cc:1: says TODO: unfinished work"));
}

TEST_F(Rules, ASleepingTestFailsAndItsCommentsDoNot) {
  Write("tests/CMakeLists.txt", "a_test.cc\n");
  Write("tests/a_test.cc", "// Never sleep_for.\nstd::this_thread::sleep_for(1s);\n");
  EXPECT_THAT(Said(), HasSubstr("tests/a_test.cc:2: says sleep_for: a test waits"));
}

TEST_F(Rules, ABareMutexAndABareClockFail) {
  WriteKv("std::mutex mu;\nauto t = std::chrono::system_clock::now();\n");
  EXPECT_THAT(Said(), HasSubstr("storage/kv/store.cc:1: says std::mutex: take Mutex"));
  EXPECT_THAT(Said(), HasSubstr("storage/kv/store.cc:2: says system_clock::now: take the time"));
}

TEST_F(Rules, APageThatNamesALostFileFails) {
  WritePage("\n1. `storage/kv/store.h` keeps it.\n2. `storage/kv/lost.h` lost it.\n");
  EXPECT_THAT(Said(), HasSubstr(": names storage/kv/lost.h, which does not exist\n"));
}

}  // namespace
}  // namespace mailtrail::tidy

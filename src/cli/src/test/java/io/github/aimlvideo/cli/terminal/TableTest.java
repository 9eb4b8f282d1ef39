package io.github.aimlvideo.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private final Table table = new Table().column("NAME", 6).column("MAKER", 6).column("PRICE", 5);

  private List<String> lines(int width) {
    return table.lines(width);
  }

  @Test
  void columnsAreAsWideAsTheirCells() {
    table.row("fox", "Acme", "$1");
    table.row("hen", "", "$2");

    assertThat(lines(80))
        .containsExactly("NAME  MAKER  PRICE", "fox   Acme   $1", "hen          $2");
  }

  @Test
  void columnsThatDoNotFitAreBelow() {
    table.row("fox", "Acme", "$1");

    assertThat(lines(14)).containsExactly("NAME  MAKER", "  PRICE", "fox   Acme", "  $1");
  }

  @Test
  void wideCellDoesNotMoveTheOthers() {
    table.row("fox", "Acme", "$1");
    table.row("chanterelle", "Acme", "$2");

    assertThat(lines(24))
        .containsExactly(
            "NAME    MAKER  PRICE", "fox     Acme   $1", "chanterelle", "        Acme   $2");
    assertThat(lines(25))
        .containsExactly(
            "NAME         MAKER  PRICE", "fox          Acme   $1", "chanterelle  Acme   $2");
  }

  @Test
  void wideCharactersTakeTwoColumns() {
    table.row("狐狐", "Acme", "$1");

    assertThat(lines(80)).containsExactly("NAME  MAKER  PRICE", "狐狐  Acme   $1");
  }
}

using AppStack.Operations.Load;

namespace AppStack.Operations.Tests.Load;

public sealed class WriteAuditTests
{
    [Fact]
    public void Everything_acknowledged_and_held_once_is_well()
    {
        var audit = WriteAudit.Compare([1, 2, 3], [1, 2, 3], [3, 1, 2]);

        Assert.Equal(new WriteAudit(3, 0, 0, 0, 0), audit);
        Assert.True(audit.Ok);
    }

    [Fact]
    public void An_acknowledged_row_that_is_missing_is_lost()
    {
        var audit = WriteAudit.Compare([1, 2, 3], [1, 2], [1]);

        Assert.Equal(new WriteAudit(2, 1, 0, 0, 0), audit);
        Assert.False(audit.Ok);
    }

    [Fact]
    public void A_row_that_is_there_three_times_is_one_duplicated_id()
    {
        var audit = WriteAudit.Compare([1, 2], [1, 2], [1, 1, 1, 2]);

        Assert.Equal(new WriteAudit(2, 0, 1, 0, 0), audit);
        Assert.False(audit.Ok);
    }

    [Fact]
    public void A_commit_whose_answer_got_lost_is_no_fault()
    {
        var audit = WriteAudit.Compare([1, 2], [1], [1, 2]);

        Assert.Equal(new WriteAudit(1, 0, 0, 1, 0), audit);
        Assert.True(audit.Ok);
    }

    [Fact]
    public void A_row_that_was_never_sent_is_told()
    {
        var audit = WriteAudit.Compare([1], [1], [1, 9]);

        Assert.Equal(new WriteAudit(1, 0, 0, 0, 1), audit);
        Assert.False(audit.Ok);
    }

    [Fact]
    public void What_was_not_sent_cannot_be_acknowledged() =>
        Assert.Throws<ArgumentException>(() => WriteAudit.Compare([1], [2], []));
}

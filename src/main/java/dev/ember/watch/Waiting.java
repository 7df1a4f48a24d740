package dev.ember.watch;

/** A client that waits for a change. The methods do not block. */
interface Waiting {

    /** A deployment has changed. */
    void changed(DeploymentChange change);

    /** Changes before this call may not have been told; all later ones will be. */
    void feedComplete();

    /** Changes may be missing. */
    void feedInterrupted();

    /** The service shuts down. */
    void drain();

    /** Is called a few times per second. */
    void tick(long now);
}

package dev.ordo.reports.bench;
public class Proto {
  public static void main(String[] a) {
    int n = Integer.parseInt(a[0]), b = Integer.parseInt(a[1]);
    var pairs = new ForkPairs(1, b);
    for (int[] f : new int[][]{{2,2},{3,3},{5,5},{10,10},{2,5},{5,2},{2,10}}) for (boolean heavy : new boolean[]{false,true}) for (double r : new double[]{1,3,10}) {
      if (heavy && r != 1) continue;
      var s = new ForkPairs.Setting(f[0], f[1], new Noise(0.03, heavy), r);
      int p5=0,p1=0,p01=0; long t=System.nanoTime(); double w=0;
      for (int i=0;i<n;i++){ var e=pairs.draw(s,1,0,0.05,i); double p=e.probability().getAsDouble(); if(p<0.05)p5++; if(p<0.01)p1++; if(p<0.001)p01++; w+=Math.log(e.interval().get().high()/e.interval().get().low())/2;}
      System.out.printf("%d v %d heavy=%s ratio=%.0f: 5%%: %.2f 1%%: %.2f .1%%: %.3f halfwidth %.3f  %.2f ms%n", f[0],f[1],heavy,r,100.0*p5/n,100.0*p1/n,100.0*p01/n,w/n,(System.nanoTime()-t)/1e6/n);
    }
  }
}
